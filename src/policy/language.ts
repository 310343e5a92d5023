/** Languages that labels and reasons are written in. */
export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** A text as people read it: English at least. */
export type Texts = { readonly en: string; readonly zh?: string | undefined };

/** The text in this language, or else in English. */
export function labelIn(texts: Texts, language: Language): string {
  return texts[language] ?? texts.en;
}
