/** Lets Jest import text files as the bundles do: the default export is their text. */
export default {
  process: (text) => ({ code: `export default ${JSON.stringify(text)};` }),
};
