/** Letters that may be missing, too many or others. */
const maxEdits = 2;

/** The one of the names that `given` is but for its case and one or two letters; undefined where it is none of them. */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const distances = names
    .filter((name) => Math.abs(name.length - given.length) <= maxEdits)
    .map((name) => ({ name, edits: editDistance(given.toLowerCase(), name.toLowerCase()) }))
    .filter(({ edits }) => edits <= maxEdits);
  return distances.sort((a, b) => a.edits - b.edits)[0]?.name;
}

/** Levenshtein's: how many letters have to be put in, taken out or changed. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, position) => position);
  for (const [row, letter] of [...from].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...to].entries()) {
      const changed = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(changed, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
