/** Bundled as text (infra/bundling), loaded as text by Jest (test/support/jest/text-transform.mjs). */
declare module '*.graphql' {
  const text: string;
  export default text;
}
