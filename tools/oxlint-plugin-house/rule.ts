/** As much of the ESLint rule interface as the house rules need; oxlint speaks it but ships no types for it. */
export interface AstNode {
  readonly type: string;
  readonly parent?: AstNode;
  readonly [member: string]: unknown;
}

export interface RuleContext {
  /** Absolute. */
  readonly filename: string;
  readonly sourceCode: { getAllComments(): readonly { readonly value: string }[] };
  report(problem: { readonly node: AstNode; readonly message: string }): void;
}

export interface Rule {
  create(context: RuleContext): Readonly<Record<string, (node: AstNode) => void>>;
}
