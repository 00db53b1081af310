import type { Json } from "./json.ts";
import type { Secret, SecretHandle } from "./secret.ts";

/** What a caller may add to any call. It does not cross the wire as data: aborting becomes a `cancel` frame. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** JSON in which a secret may stand as a {@link Secret} or as a {@link SecretHandle}. */
export type WireValue = Json | Secret | SecretHandle | readonly WireValue[] | { readonly [key: string]: WireValue | undefined };

/** An interface has no index signature, so it is never assignable to {@link WireValue} until it is mapped member by member. */
type Plain<T> = T extends Secret | SecretHandle
  ? T
  : T extends (...args: never[]) => unknown
    ? symbol
    : T extends readonly (infer Element)[]
      ? readonly Plain<Element>[]
      : T extends object
        ? { readonly [Key in keyof T]: Plain<T[Key]> }
        : T;

type IsAny<T> = 0 extends 1 & T ? true : false;

type IsWireValue<T> = IsAny<T> extends true ? false : Plain<T> extends WireValue ? true : false;

type IsResult<T> = IsAny<T> extends true ? false : [T] extends [void] ? true : IsWireValue<T>;

type IsCallOptions<T> = IsAny<T> extends true ? false : [T] extends [CallOptions] ? ([CallOptions] extends [T] ? true : false) : false;

type WithoutCallOptions<Args extends readonly unknown[]> =
  Required<Args> extends readonly [...infer Values, infer Last] ? (IsCallOptions<Last> extends true ? Values : Args) : Args;

/** `any` among the arguments would make the whole list pass, so each is looked at by itself. */
type IsEveryWireValue<Args extends readonly unknown[]> =
  Required<Args> extends readonly [infer First, ...infer Rest]
    ? IsWireValue<First> extends true
      ? IsEveryWireValue<Rest>
      : false
    : Required<Args> extends readonly []
      ? true
      : IsWireValue<Args[number]>;

type IsSerialisableMember<T> = T extends (...args: infer Args) => infer Result
  ? IsEveryWireValue<WithoutCallOptions<Args>> extends true
    ? Result extends Promise<infer Value>
      ? IsResult<Value>
      : Result extends AsyncIterable<infer Item>
        ? IsWireValue<Item>
        : false
    : false
  : false;

/**
 * The names of the members of `Contract` that cannot cross the wire; `never` for a sound contract. Such a member takes
 * JSON, and last, if it likes, {@link CallOptions}; it returns `Promise<Json>` or `AsyncIterable<Json>`.
 */
export type UnserialisableMembers<Contract> = {
  [Key in keyof Contract]-?: [IsSerialisableMember<Contract[Key]>] extends [true] ? never : Key;
}[keyof Contract];
