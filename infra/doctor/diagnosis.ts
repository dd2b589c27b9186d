import { fits, inWords } from '../node-version.mjs';

/** What the probes have found on this machine; a version is undefined where the command is not there. */
export interface Machine {
  /** As Node names it: `linux`, `darwin`, `win32`. */
  readonly platform: string;
  /** Of the Node that runs npm. */
  readonly npmNode: string | undefined;
  /** Of the Node that runs the scripts. */
  readonly scriptNode: string;
  /** `engines.node` of package.json. */
  readonly wantedNode: string;
  readonly hasPackages: boolean;
  readonly ports: readonly Port[];
  readonly terraform: string | undefined;
  readonly python: string | undefined;
  readonly awsCli: string | undefined;
  /** Where AWS credentials would come from: `environment`, `profile NAME`. */
  readonly credentials: string | undefined;
  readonly chromium: string | undefined;
}

export interface Port {
  readonly number: number;
  /** The environment variable that sets another one. */
  readonly variable: string;
  readonly serves: string;
  readonly isFree: boolean;
  /** Itself, or the next above it that is free and that no other of the ports takes; undefined where there is none. */
  readonly free: number | undefined;
}

export interface Finding {
  readonly name: string;
  /** `missing` stops what everybody needs, `absent` only what `for` names. */
  readonly state: 'there' | 'absent' | 'missing';
  /** What was found, in a few words. */
  readonly found: string;
  /** What it is for. */
  readonly for: string;
  /** What to do; undefined where nothing is to be done. */
  readonly advice?: string;
}

const oldestTerraform = '>=1.10.0';
const oldestPython = '>=3.9.0';

/** A finding for each thing that the project uses: those that every command needs come first. */
export function diagnose(machine: Machine): readonly Finding[] {
  return [
    system(machine),
    node(machine),
    scriptNode(machine),
    packages(machine),
    ...machine.ports.map((one) => port(one, machine.ports)),
    tool('Terraform', machine.terraform, oldestTerraform, 'deploying to AWS and to emulators, test:terraform'),
    tool('Python', machine.python, oldestPython, 'emulators (MiniStack, LocalStack), test:fuzz, lint:stack'),
    tool('AWS CLI', machine.awsCli, undefined, 'looking into the local cloud and AWS; commands of the runbook'),
    credentials(machine),
    tool('Chromium', machine.chromium, undefined, 'tests of the console in a browser'),
  ];
}

function system({ platform }: Machine): Finding {
  const found = { linux: 'Linux', darwin: 'macOS' }[platform];
  const about = { name: 'System', for: 'everything' };
  if (found !== undefined) return { ...about, state: 'there', found };
  return { ...about, state: 'missing', found: platform, advice: 'use Linux, macOS or, on Windows, WSL' };
}

function node({ npmNode, wantedNode }: Machine): Finding {
  const about = { name: 'Node of npm', found: npmNode ?? 'unknown', for: 'npm itself' };
  if (npmNode === undefined || fits(npmNode, wantedNode)) return { ...about, state: 'there' };
  const advice = `npm ci warns of packages that want Node ${inWords(wantedNode)}; it works all the same`;
  return { ...about, state: 'absent', advice };
}

function scriptNode({ scriptNode: found, wantedNode }: Machine): Finding {
  const about = { name: 'Node of scripts', found, for: 'npm start, npm test, every script' };
  if (fits(found, wantedNode)) return { ...about, state: 'there' };
  return {
    ...about,
    state: 'missing',
    advice: `npm ci installs Node 24 for them; else use Node ${inWords(wantedNode)}`,
  };
}

function packages({ hasPackages }: Machine): Finding {
  const about = { name: 'Packages', for: 'npm start, npm test, every script' };
  if (hasPackages) return { ...about, state: 'there', found: 'as package-lock.json has them' };
  return { ...about, state: 'missing', found: 'missing or old', advice: 'npm ci' };
}

export const isPort = (name: Finding['name']): boolean => name.startsWith('Port ');

function port({ number, serves, isFree }: Port, ports: readonly Port[]): Finding {
  const about = { name: `Port ${number}`, for: `npm start: ${serves}` };
  if (isFree) return { ...about, state: 'there', found: 'free' };
  // With all of the ports, since a command that changes one alone may find another in use.
  const settings = ports.map((one) => `${one.variable}=${one.free}`).join(' ');
  const stuck = ports.find(({ free }) => free === undefined);
  const instead = stuck === undefined ? `${settings} npm start` : `set ${stuck.variable} to a port that is free`;
  return { ...about, state: 'absent', found: 'in use', advice: `is it another npm start? Else ${instead}` };
}

function tool(name: string, version: string | undefined, oldest: string | undefined, purpose: string): Finding {
  const about = { name, for: purpose };
  const wanted = oldest === undefined ? name : `${name} ${inWords(oldest)}`;
  if (version === undefined) return { ...about, state: 'absent', found: 'not there', advice: `install ${wanted}` };
  if (oldest !== undefined && !fits(version, oldest))
    return { ...about, state: 'absent', found: version, advice: `install ${wanted}` };
  return { ...about, state: 'there', found: version };
}

function credentials({ credentials: found }: Machine): Finding {
  const about = { name: 'AWS credentials', for: 'deploying to AWS; the local cloud takes any' };
  if (found !== undefined) return { ...about, state: 'there', found };
  return { ...about, state: 'absent', found: 'none', advice: 'set AWS_PROFILE, or AWS_ACCESS_KEY_ID and its secret' };
}
