export const LANGUAGES = ["typescript", "python"] as const;
export type Language = (typeof LANGUAGES)[number];

export interface InitFlags {
  readonly lang: Language;
}
