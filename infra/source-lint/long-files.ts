/** Files that may be long, and why. Of these, people write only the state machine by hand. */
export const exceptions: Readonly<Record<string, string>> = {
  'statemachine/booking-saga.asl.json': 'Step Functions takes a state machine as one definition',

  'package-lock.json': 'npm writes it',
  'schema/openapi.json': 'npm run docs writes it',
  'schema/graphql/types.ts': 'npm run docs writes it',
  'docs/guards.md': 'npm run guards writes it',
  'docs/images/console-undo.svg': 'npm run console:pictures writes it',
  'test/guards/found.json': 'npm run guards writes it',
  'test/mutation/score.json': 'npm run mutation writes it',
  'test/simulation/report/figures.json': 'npm run simulate writes it',
  'test/e2e/end-states.json': 'npm run test:e2e records it with UPDATE_END_STATES=1',
  'test/contract/release/previous/booking-saga.asl.json': 'npm run release:record writes it',
  'test/contract/release/previous/release.json': 'npm run release:record writes it',

  'localstack/embedded/test/conformance/cases/choices.jsonl': 'others have recorded these answers of AWS',
};
