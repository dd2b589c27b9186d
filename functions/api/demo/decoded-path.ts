/** More than any chain of proxies encodes. */
const maxDecodings = 10;

/** HTTP APIs hand paths on decoded once, other gateways as they came. */
export function decodedPath(path: string): string {
  let text = path;
  try {
    for (let round = 0; round < maxDecodings && text.includes('%'); round += 1) text = decodeURIComponent(text);
  } catch {
    // A percent sign of the path's own: nothing is left to decode.
  }
  return text;
}
