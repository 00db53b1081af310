import { defineTextRule } from "../../text-rule.ts";
import { family } from "./family.ts";

export const blind = defineTextRule({
  ...family,
  id: "CODE-TLS",
  severity: "low",
  action: "note",
  reasonCode: "suspicious.insecure_tls_verification",
  summary: "A program does not check who it is talking to.",
  why: "Anybody on the way can read and change what is sent.",
  fix: "Leave verification on; give the certificate of a private authority by its path.",
  example: { path: "scripts/run.py", caught: "requests.get(url, veri{gap}fy=False)\n", instead: "requests.get(url, verify='ca.pem')\n" },
  triggers: [
    {
      anchors: [
        "node_tls_reject_unauthorized",
        "rejectunauthorized",
        "verify=false",
        "verify = false",
        "_create_unverified_context",
        "cert_none",
        "insecureskipverify",
        "ssl_verify_none",
        "verify_none",
        "check_hostname = false",
        "servercertificatevalidationcallback",
      ],
      pattern:
        /(?:NODE_TLS_REJECT_UNAUTHORIZED["'\]]{0,3}\s{0,3}=\s{0,3}["']?0|rejectUnauthorized["']?\s{0,3}:\s{0,3}false|(?<=(?:requests|httpx|session|client|aiohttp|get|post)[^\n]{0,160})verify\s?=\s?False|_create_unverified_context|CERT_NONE|InsecureSkipVerify\s{0,3}:\s{0,3}true|VERIFY_NONE|ServerCertificateValidationCallback\s{0,3}=\s{0,3}\{\s{0,3}\$true)/uy,
      judge: ({ place }) => (place.kind === "script" ? { action: "note" } : null),
    },
  ],
});
