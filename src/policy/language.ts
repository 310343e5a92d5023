/** Languages that labels and reasons are written in. */
export const languages = ['en'] as const;
export type Language = (typeof languages)[number];
