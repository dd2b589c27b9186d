import { allLegs } from '#functions/legs.ts';
import { readSaga } from '../../statemachine/tools/asl.ts';
import { drawOverview, drawSaga } from '../../statemachine/tools/draw.ts';
import { costSections } from '../cost/sections.ts';
import { openApiDocument } from '../openapi/document.ts';
import { bookedLegTypes } from './booked-leg-types.ts';
import { contents } from './contents.ts';
import { decisionIndex } from './decisions.ts';
import { graphQlTypes } from './graphql-types.ts';
import { filesOf } from './pages.ts';
import { type Section, wholeFile } from './section.ts';
import { legs, problems, routes, runTypes } from './tables/api.ts';
import { accessPatterns, bundles, errors } from './tables/code.ts';
import { metrics, parameters, scripts, settings, variables } from './tables/settings.ts';
import { stages } from './tables/stages.ts';

export const sections: readonly Section[] = [
  { file: 'docs/saga.md', marker: 'saga-overview', content: () => mermaid(drawOverview(readSaga())) },
  { file: 'statemachine/README.md', marker: 'saga', content: () => mermaid(drawSaga(readSaga())) },
  { file: 'schema/openapi.json', marker: wholeFile, content: () => JSON.stringify(openApiDocument(), null, 2) },
  { file: 'schema/graphql/legs.graphql', marker: 'legs', content: () => bookedLegTypes(allLegs) },
  { file: 'schema/graphql/types.ts', marker: wholeFile, content: graphQlTypes },
  { file: 'docs/reference.md', marker: 'legs', content: legs },
  { file: 'docs/reference.md', marker: 'routes', content: routes },
  { file: 'docs/reference.md', marker: 'problems', content: problems },
  { file: 'docs/demo.md', marker: 'run-types', content: runTypes },
  { file: 'docs/reference.md', marker: 'access-patterns', content: accessPatterns },
  { file: 'docs/reference.md', marker: 'errors', content: errors },
  { file: 'docs/reference.md', marker: 'stages', content: stages },
  { file: 'docs/reference.md', marker: 'settings', content: settings },
  { file: 'docs/reference.md', marker: 'variables', content: variables },
  { file: 'docs/reference.md', marker: 'parameters', content: parameters },
  { file: 'docs/reference.md', marker: 'metrics', content: metrics },
  { file: 'docs/reference.md', marker: 'scripts', content: scripts },
  { file: 'docs/reference.md', marker: 'bundles', content: bundles },
  ...costSections,
  { file: 'docs/README.md', marker: 'contents', content: () => contents([...filesOf('docs/*.md')].filter(isPage)) },
  { file: 'docs/decisions/README.md', marker: 'decisions', content: decisions },
];

const mermaid = (drawing: string): string => `\`\`\`mermaid\n${drawing}\n\`\`\``;

/** Not the list of pages itself. */
const isPage = ([file]: readonly [string, string]): boolean => !file.endsWith('/README.md');

function decisions(): string {
  return decisionIndex([...filesOf('docs/decisions/*.md')].filter(isPage));
}
