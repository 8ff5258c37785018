/** Stands for text that is not known, such as the value of a variable: U+FFFC, the object replacement character. */
export const unknownText = '\uFFFC';
