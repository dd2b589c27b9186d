/** `a hotel` as `hotel`: so the documents say it in a list. */
export const withoutArticle = (called: string): string => called.replace(/^an? /, '');

const form = /^(?:an? )?(?!(?:an?|the)(?: |$))\p{L}[\p{L}\p{N}]*(?:[ '’-][\p{L}\p{N}]+)*$/u;
/** Only what is sure by its letters: `a unit` and `an SUV` go by their sound. */
const wantsAn = /^a (?:(?!eu|ew|one\b|once\b)[aeio]|hour|honest|honou?r|heir|X-)/i;
const wantsA =
  /^an (?:[bcdfgjklmnpqrstvwxyz](?!-)|h(?!our|onest|onou?r|eir|-)|one\b|once\b|eu|univers|union|unit\b|unique|user)/;

/** Whether what a leg is called reads well where the documents say it. @returns one sentence at most, without the file */
export function calledProblems(called: string): string[] {
  const is = `called is "${called}"`;
  if (called.trim() === '') return ['called is empty'];
  if (/^(?:an? )?\p{N}/u.test(called)) return [`${is}: it begins with a letter, as in "a two-day pass"`];
  if (!form.test(called) || /^\p{Lu}/u.test(called)) {
    return [
      `${is}: sentences say "a booking of …", so it is a noun behind "a" or "an", or one that takes no article, such as travel insurance`,
    ];
  }
  const article = wrongArticle(called);
  return article === undefined ? [] : [`${is}: its article is "${article}"`];
}

/** The right one, where a noun has the other. */
export function wrongArticle(noun: string): 'a' | 'an' | undefined {
  if (wantsAn.test(noun)) return 'an';
  return wantsA.test(noun) ? 'a' : undefined;
}
