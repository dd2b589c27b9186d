export interface Stage {
  readonly name: string;
  readonly about: string;
  /** An npm script and its arguments. */
  readonly script: readonly string[];
  /** Computes and waits for nothing: it takes the processors that the stages beside it leave. */
  readonly isPatient?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  /** Option of the script that names the file of Jest's report, whose tests are counted. */
  readonly reportOption?: string;
  /** Commands on the PATH, and files from the project's root, without which the stage is skipped. */
  readonly needs?: readonly string[];
}

const check: Stage = {
  name: 'check',
  about: 'lint, types, ASL, documents, OpenAPI, a synth and the weight of the bundles',
  script: ['check'],
};

const model: Stage = {
  name: 'model',
  about: "the protocol's model with its full bounds, and each rule taken out",
  script: ['model'],
  isPatient: true,
};

const simulation: Stage = {
  name: 'simulation',
  about: 'every failure path of the whole service, by the simulator',
  script: ['simulate', '--', '--all'],
  isPatient: true,
};

const checkov: Stage = {
  name: 'checkov',
  about: "Checkov's rules over the stack of prod",
  script: ['lint:stack'],
  needs: ['python3'],
};

const embedded: Stage = {
  name: 'embedded',
  about: "npm test with loads in full, without the package's tests: they have a stage",
  script: ['test', '--', '--testPathIgnorePatterns', '/node_modules/', '<rootDir>/localstack/embedded/'],
  environment: { LOAD: 'full' },
  reportOption: '--outputFile',
};

const conformance: Stage = {
  name: 'conformance',
  about: 'the local cloud beside what AWS answered',
  script: ['conformance'],
};

const alone: Stage = {
  name: 'package',
  about: "the local cloud's own tests, in a copy outside this repository",
  script: ['test:package', '--'],
  reportOption: '--outputFile',
};

const fuzz: Stage = {
  name: 'fuzz',
  about: "generated requests with all of Schemathesis' checks, and generated GraphQL",
  script: ['test:fuzz'],
  needs: ['python3'],
};

const clients: Stage = {
  name: 'clients',
  about: 'clients that generators make from the OpenAPI document, and the .http file in httpYac',
  script: ['test:clients'],
  needs: ['python3', 'java'],
};

const emulator = (name: string, needs: readonly string[] = []): Stage => ({
  name,
  about: `the end-to-end suite on ${name}`,
  script: ['test:e2e', '--', '--target', name],
  reportOption: '--report',
  needs: ['python3', 'terraform', ...needs],
});

/**
 * The stages of a phase run beside each other, the phases one after the other. Checkov and the conformance are one process each.
 * On the emulators tests mostly wait, so they share the processors with each other and with the generated requests, and leave
 * time to those that are patient.
 */
export const phases: readonly (readonly Stage[])[] = [
  [check],
  [checkov, conformance, clients],
  [alone],
  [embedded],
  [fuzz, emulator('localstack', ['../shared/localstack/install.sh']), emulator('ministack'), model, simulation],
];

export const stages: readonly Stage[] = phases.flat();
