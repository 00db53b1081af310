"""What the operator allows, and how a new policy narrows an old one."""

from __future__ import annotations

from dataclasses import dataclass, fields

Names = tuple[str, ...]


@dataclass(frozen=True)
class Policy:
    """The members have the names of the contract, because a reload names those that wait."""

    enabled: bool
    maxTtlMs: int
    pendingTtlMs: int
    maxAttempts: int
    lockoutMs: int
    hookTimeoutMs: int
    principals: Names
    admins: Names
    agents: Names
    tools: Names
    deniedTools: Names

    @property
    def grantable(self) -> Names:
        return tuple(dict.fromkeys(tool for tool in self.tools if tool not in self.deniedTools))

    def allows(self, principal: str, agent: str) -> bool:
        return self.enabled and principal in self.principals and agent in self.agents

    def narrowed_by(self, new: Policy) -> tuple[Policy, list[str]]:
        """What both allow, and the members in which the new one would allow more."""
        both = Policy(
            enabled=self.enabled and new.enabled,
            maxTtlMs=min(self.maxTtlMs, new.maxTtlMs),
            pendingTtlMs=min(self.pendingTtlMs, new.pendingTtlMs),
            maxAttempts=min(self.maxAttempts, new.maxAttempts),
            lockoutMs=max(self.lockoutMs, new.lockoutMs),
            hookTimeoutMs=min(self.hookTimeoutMs, new.hookTimeoutMs),
            principals=_in_both(self.principals, new.principals),
            admins=_in_both(self.admins, new.admins),
            agents=_in_both(self.agents, new.agents),
            tools=_in_both(self.tools, new.tools),
            deniedTools=tuple(dict.fromkeys(self.deniedTools + new.deniedTools)),
        )
        return both, [each.name for each in fields(Policy) if _differ(getattr(both, each.name), getattr(new, each.name))]


def _in_both(old: Names, new: Names) -> Names:
    return tuple(name for name in dict.fromkeys(old) if name in new)


def _differ(both: object, new: object) -> bool:
    """`both` is never wider than `new`; where they differ, `new` is the wider one."""
    return set(both) != set(new) if isinstance(both, tuple) and isinstance(new, tuple) else both != new
