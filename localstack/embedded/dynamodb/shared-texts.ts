interface TextValue {
  readonly S: string;
}

/** A longer text is hardly ever said twice. */
const LONGEST = 96;
/** So many of the latest texts are known at least, and twice as many at most. */
const KNOWN = 4_096;

let recent = new Map<string, TextValue>();
let former = new Map<string, TextValue>();

/**
 * The value of a text, the same object for all that come at about one time: a table's items say the same ids, names and
 * statuses again and again, which would be more than half of their memory. Frozen, since many items have it.
 */
export function sharedText(text: string): TextValue {
  if (text.length > LONGEST) return { S: text };
  const known = recent.get(text);
  if (known !== undefined) return known;
  const value = former.get(text) ?? Object.freeze({ S: text });
  if (recent.size === KNOWN) {
    former = recent;
    recent = new Map();
  }
  recent.set(text, value);
  return value;
}
