import type { Json } from "./json.ts";
import type { Secret, SecretHandle } from "./secret.ts";

/** What a caller may add to any call. It does not cross the wire as data: aborting becomes a `cancel` frame. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** JSON in which a secret may stand as a {@link Secret} or as a {@link SecretHandle}. */
export type WireValue = Json | Secret | SecretHandle | readonly WireValue[] | { readonly [key: string]: WireValue | undefined };

type Plain<T> = T extends Secret | SecretHandle
  ? T
  : T extends readonly (infer Element)[]
    ? readonly Plain<Element>[]
    : T extends object
      ? { readonly [Key in keyof T]: Plain<T[Key]> }
      : T;

type IsWireValue<T> = [T] extends [void] ? true : Plain<T> extends WireValue ? true : false;

type IsSerialisableMember<T> = T extends (...args: infer Args) => infer Result
  ? Args extends readonly [...infer Values, (CallOptions | undefined)?]
    ? IsWireValue<Values> extends true
      ? Result extends Promise<infer Value>
        ? IsWireValue<Value>
        : Result extends AsyncIterable<infer Item>
          ? IsWireValue<Item>
          : false
      : false
    : false
  : false;

/** The names of the members of `Contract` that cannot cross the wire; `never` for a sound contract. */
export type UnserialisableMembers<Contract> = {
  [Key in keyof Contract]-?: IsSerialisableMember<Contract[Key]> extends true ? never : Key;
}[keyof Contract];
