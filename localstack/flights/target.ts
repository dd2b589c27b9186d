import { DeployError } from '../deploy/deploy-error.ts';
import { addressOf, defaultAddress } from '../targets.ts';

/** Where the target's services are; undefined for AWS itself. Throws DeployError for a word that is no target. */
export function endpointOf(target: string, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  if (target === 'aws') {
    if (!environment.AWS_ENDPOINT_URL) return undefined;
    throw new DeployError(
      `AWS_ENDPOINT_URL is set (${environment.AWS_ENDPOINT_URL}), and AWS itself is meant.`,
      'unset it, or leave --target aws out',
    );
  }
  return target === 'embedded' ? defaultAddress(environment) : addressOf(target, environment).endpoint;
}

/** What the stack of the stage calls the table, and the function of the REST API's bookings. */
export function namesOf({ STAGE }: NodeJS.ProcessEnv = process.env) {
  const stack = `booking-saga-${STAGE || 'local'}`;
  return { table: `${stack}-bookings`, bookings: `${stack}-bookings` };
}

/** Configuration of an SDK client: emulators take any credentials, AWS those of the caller. */
export function clientOptions(endpoint: string | undefined, { AWS_REGION }: NodeJS.ProcessEnv = process.env) {
  const region = AWS_REGION || 'us-east-1';
  if (endpoint === undefined) return { region };
  return { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
}

/** The error of a call in the user's words; a bug of ours stays as it is. */
export function explained(
  error: unknown,
  { where, table }: { readonly where: string; readonly table: string },
): unknown {
  const { name, code, message } = error as NodeJS.ErrnoException;
  if (error instanceof DeployError) return error;
  if (name === 'ResourceNotFoundException') {
    return new DeployError(
      `${where} has no ${table} (${message}).`,
      'deploy the stage there first, and name it in STAGE; npm start deploys stage local by itself',
    );
  }
  if (code === 'ECONNREFUSED') {
    return new DeployError(`Nothing answers at ${where}.`, 'start it, or name another one with --target or AWS_PORT');
  }
  if (/Credentials|AccessDenied|UnrecognizedClient|ExpiredToken/.test(name)) {
    return new DeployError(
      `${where} refuses: ${message}`,
      'use credentials that may write to the table and call its functions',
    );
  }
  return error;
}
