const segmenter = new Intl.Segmenter();
const wide =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}|[\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;
/** Latin letters, digits, punctuation and arrows: each stands alone, in one column. */
const plain = /^[\u0020-\u02ff\u2010-\u2027\u2190-\u21ff]*$/;

/** Columns a text takes on a terminal: a Chinese, Japanese or Korean character takes two. */
export function displayWidth(text: string): number {
  // The segmenter takes ten times as long, and memory of its own: a plan's changes are millions of cells.
  if (plain.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += wide.test(segment) ? 2 : 1;
  return width;
}
