/** Stands in a column for what is not known. */
export const NONE = -1;
