export interface Stage {
  readonly name: string;
  readonly about: string;
  /** An npm script and its arguments. */
  readonly script: readonly string[];
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
};

const checkov: Stage = {
  name: 'checkov',
  about: "Checkov's rules over the stack of prod",
  script: ['lint:stack'],
  needs: ['python3'],
};

const embedded: Stage = {
  name: 'embedded',
  about: 'npm test with loads in full',
  script: ['test', '--'],
  environment: { LOAD: 'full' },
  reportOption: '--outputFile',
};

const fuzz: Stage = {
  name: 'fuzz',
  about: "generated requests with all of Schemathesis' checks, and generated GraphQL",
  script: ['test:fuzz'],
  needs: ['python3'],
};

const emulator = (name: string, needs: readonly string[] = []): Stage => ({
  name,
  about: `the end-to-end suite on ${name}`,
  script: ['test:e2e', '--', '--target', name],
  reportOption: '--report',
  needs: ['python3', 'terraform', ...needs],
});

/**
 * Lanes run beside each other, the stages of a lane one after the other. On an emulator, tests mostly wait, so it stands
 * beside what needs the processors; two of them at once would make the tests of both run out of time on two processors.
 */
export const lanes: readonly (readonly Stage[])[] = [
  [check, model, checkov, embedded, fuzz],
  [emulator('ministack'), emulator('localstack', ['../shared/localstack/install.sh'])],
];

export const stages: readonly Stage[] = lanes.flat();
