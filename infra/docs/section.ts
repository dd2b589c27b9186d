/** Instead of a marker: all of the file is made. */
export const wholeFile = 'all of it';

/** A part of a page that is made from the code: it stands between the comments `marker:start` and `marker:end`. */
export interface Section {
  /** Relative to the project's root. */
  readonly file: string;
  readonly marker: string;
  readonly content: () => string | Promise<string>;
}
