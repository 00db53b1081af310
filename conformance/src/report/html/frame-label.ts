import * as z from "zod";

import { jsonOrUndefined } from "../../wire/json-text.ts";

const frameSchema = z.object({
  id: z.union([z.string(), z.number()]).nullish(),
  method: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  error: z.object({ code: z.number(), data: z.object({ code: z.string() }).optional().catch(undefined) }).optional(),
});

export type Frame = z.infer<typeof frameSchema>;

/** A line of a transcript as a frame; of one that was cut, what its beginning says. */
export function readFrame(text: string): Frame | undefined {
  const parsed = frameSchema.safeParse(jsonOrUndefined(text));
  if (parsed.success) return parsed.data;
  const cut = /^\{"jsonrpc":"2\.0",(?:"id":(?:"([^"\\]{1,40})"|(\d{1,15})),)?(?:"method":"([^"\\]{1,60})"|"result")/u.exec(text);
  if (!cut) return undefined;
  const [, name, number, method] = cut;
  const id = name ?? (number === undefined ? undefined : Number(number));
  return { ...(id === undefined ? {} : { id }), ...(method === undefined ? {} : { method }) };
}

/** What a frame is, in words: a request or notification by its method, a response by what it answers. */
export interface FrameLabel {
  readonly kind: "request" | "notification" | "answer" | "error";
  readonly words: string;
}

/** Names the frames of one transcript; a response is told with the method that it answers. */
export class FrameLabels {
  readonly #asked = new Map<string, string>();

  /** `isFromSubject` matters because both sides number their requests. */
  label(frame: Frame, isFromSubject: boolean): FrameLabel | undefined {
    const { id } = frame;
    if (frame.method !== undefined) {
      const words = methodWords(frame.method, frame.params);
      if (id === undefined || id === null) return { kind: "notification", words };
      this.#asked.set(`${isFromSubject}${id}`, words);
      return { kind: "request", words: `${words} #${id}` };
    }
    if (id === undefined || id === null) return undefined;
    const asked = this.#asked.get(`${!isFromSubject}${id}`);
    const whose = `#${id}${asked === undefined ? "" : ` ${asked}`}`;
    if (!frame.error) return { kind: "answer", words: `answer to ${whose}` };
    return { kind: "error", words: `error ${frame.error.data?.code ?? frame.error.code} for ${whose}` };
  }
}

/** Where a method says in a member of its own what is called. A map, because a subject may send `constructor` for a method. */
const INNER_METHODS = new Map([
  ["call", "method"],
  ["host.port", "port"],
]);

function methodWords(method: string, params: Frame["params"]): string {
  const inner = params?.[INNER_METHODS.get(method) ?? ""];
  return typeof inner === "string" ? `${method} ${inner}` : method;
}
