import { demoFlights } from '#schema/demo-flights.ts';
import { describeIssue } from '#schema/describe-issue.ts';
import { NewFlight } from '#schema/new-flight.ts';
import { DeployError } from '../deploy/deploy-error.ts';

const advice =
  'give a JSON list of flights with all fields of a flight in the catalog, as GET /flights answers them; docs/operations.md, "Flights of your own"';

/** The flights of a file's text, which is a list of flights or one alone. Throws DeployError that names the flight and its field. */
export function flightsIn(text: string, fileName: string): readonly NewFlight[] {
  const given = [parsed(text, fileName)].flat();
  if (given.length === 0) throw new DeployError(`${fileName} has no flight.`, advice);
  const flights = given.map((one, position) => flightOf(one, position, fileName));
  const seen = new Set<string>();
  for (const { id } of flights) {
    if (seen.has(id))
      throw new DeployError(`${fileName}: flight "${id}" is there twice.`, 'give each an id of its own');
    seen.add(id);
    if (demoFlights.some((demo) => demo.id === id)) {
      throw new DeployError(
        `${fileName}: flight "${id}" is the demo's, and comes with the stack.`,
        'give your flight another id; npm run flights -- restock frees seats of the one that is there',
      );
    }
  }
  return flights;
}

function parsed(text: string, fileName: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DeployError(`${fileName} is no JSON: ${(error as Error).message}.`, advice);
  }
}

function flightOf(value: unknown, position: number, fileName: string): NewFlight {
  const result = NewFlight.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const { field, message } = describeIssue(result.error, '');
  const id = (value as { id?: unknown } | null)?.id;
  const which = `flight ${position + 1}${typeof id === 'string' ? ` ("${id}")` : ''}`;
  throw new DeployError(`${fileName}: ${which}: ${field === '' ? '' : `"${field}" `}${message}.`, advice);
}
