export interface Stage {
  readonly name: string;
  readonly about: string;
  /** An npm script and its arguments. */
  readonly script: readonly string[];
  /** As of `nice`: a stage takes the processors that those of a lower figure leave. Without one it goes first. */
  readonly niceness?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Option of the script that names the file of Jest's report, whose tests are counted. */
  readonly reportOption?: string;
  /** Commands on the PATH, and files from the project's root, without which the stage is skipped. */
  readonly needs?: readonly string[];
}

/** Of what needs no emulator. Its tests have no time limits that a busy machine could reach. */
const afterEmulators = 5;
/** Of what computes and has no time limits at all. */
const last = 19;

const check: Stage = {
  name: 'check',
  about: 'lint, types, ASL, documents, OpenAPI, a synth and the weight of the bundles',
  script: ['check'],
  niceness: afterEmulators,
};

const model: Stage = {
  name: 'model',
  about: "the protocol's model with its full bounds, and each rule taken out",
  script: ['model'],
  niceness: last,
};

const simulation: Stage = {
  name: 'simulation',
  about: 'every failure path of the whole service, by the simulator',
  script: ['simulate', '--', '--all'],
  niceness: last,
};

const checkov: Stage = {
  name: 'checkov',
  about: "Checkov's rules over the stack of prod",
  script: ['lint:stack'],
  needs: ['python3'],
  niceness: afterEmulators,
};

const embedded: Stage = {
  name: 'embedded',
  about: "npm test with loads in full, without the package's tests: they have a stage",
  script: ['test', '--', '--testPathIgnorePatterns', '/node_modules/', '<rootDir>/localstack/embedded/'],
  environment: { LOAD: 'full' },
  reportOption: '--outputFile',
  niceness: afterEmulators,
};

const conformance: Stage = {
  name: 'conformance',
  about: 'the local cloud beside what AWS answered',
  script: ['conformance'],
  niceness: afterEmulators,
};

const alone: Stage = {
  name: 'package',
  about: "the local cloud's own tests, in a copy outside this repository",
  script: ['test:package', '--'],
  environment: { LOAD: 'full' },
  reportOption: '--outputFile',
  niceness: afterEmulators,
};

const fuzz: Stage = {
  name: 'fuzz',
  about: "generated requests with all of Schemathesis' checks, and generated GraphQL",
  script: ['test:fuzz'],
  needs: ['python3'],
  niceness: afterEmulators,
};

const clients: Stage = {
  name: 'clients',
  about: 'clients that generators make from the OpenAPI document, and the .http file in httpYac',
  script: ['test:clients'],
  needs: ['python3', 'java'],
  niceness: afterEmulators,
};

const emulator = (name: string, needs: readonly string[] = []): Stage => ({
  name,
  about: `the end-to-end suite on ${name}`,
  script: ['test:e2e', '--', '--target', name],
  reportOption: '--report',
  needs: ['python3', 'terraform', ...needs],
});

/**
 * Lanes run beside each other, the stages of a lane one after the other. The suite on an emulator takes longest and mostly waits
 * for it, so it begins at once, and everything else takes what it leaves.
 */
export const lanes: readonly (readonly Stage[])[] = [
  [emulator('localstack', ['../shared/localstack/install.sh'])],
  [emulator('ministack')],
  [check, embedded, alone, fuzz, clients, conformance, checkov],
  [model, simulation],
];

export const stages: readonly Stage[] = lanes.flat();
