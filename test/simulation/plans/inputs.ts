/** What is no saga's input, and what its first step refuses. */
export function* inputs(): Iterable<string> {
  for (const act of ['malformed', 'misnamed', 'noted', 'unknown-action', 'untyped', 'refused']) {
    yield act;
    yield `${act},book`;
    yield `book,${act}`;
  }
}
