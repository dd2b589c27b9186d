/** Every script of package.json: what it does, by what a reader wants to do. `docs/reference.md` shows it. */
export const scriptGroups: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Run it': {
    start: 'runs the service on this machine: [The local cloud](local-cloud.md)',
    doctor:
      'what this machine has of Node, ports, Terraform, Python, AWS CLI, credentials and Chromium, and what each is for',
    trip: 'starts a saga, follows it and draws it: `-- failPayment t2`',
    token: 'prints a token for the local cloud: `-- --sub alice`; with `npm run -s` it prints nothing else',
    flights:
      "`-- import FILE` puts flights of your own into the catalog; `-- restock ID` cancels the demo's bookings of a flight",
  },
  'Test it': {
    test: 'runs all tests; `LOAD=full npm test` runs loads and random cases in full instead of a tenth, and the suites that start Terraform',
    'test:unit': 'the unit tests; here and below, `-- page-token` runs the files with `page-token` in their path',
    'test:processes': 'the tests that start the commands and the local cloud as processes',
    'test:contract': 'the fakes beside what they stand for, and the release before beside this one',
    'test:machine': 'the state machine, with steps that tests give it',
    'test:infra': 'the synthesized stack',
    'test:terraform': 'the stack through real Terraform (needs Terraform and Python)',
    'test:faults': 'lost replies, late writes, stopped executions, missing permissions',
    'test:e2e': 'the end-to-end suite; `-- --target ministack` runs it on an emulator: [Targets](targets.md)',
    'test:seeds':
      'the unit tests twenty times, each time in another order and with other random cases; `-- --times N --from SEED`',
    'test:package':
      "the local cloud's own tests, in a copy outside the repository, with only the dependencies that it names",
    'test:clients':
      'generates clients from the OpenAPI document, and books and cancels with each; `test/booking-api.http` in httpYac (needs Python and Java); `-- hey-api` runs one',
    'test:fuzz':
      'thousands of requests generated from the OpenAPI document and the GraphQL schema, with all checks of Schemathesis (needs Python); `-- --random` or `-- --seed N`',
    'test:fuzz:long': 'ten times as many, at random',
    'test:fuzz:graphql': 'the generated GraphQL requests alone',
    'test:fuzz:inputs':
      'inputs with one or two mistakes for every route, step, queue message, dead letter and event; `-- --runs N --seed N --only TEXT`',
    simulate:
      'tries every failure path on the whole service in one process: [the simulator](../test/simulation/README.md)',
    model: 'checks the protocol: every order of writes, faults and requests: [the model](../test/model/README.md)',
    'kill-rounds':
      'kills the local cloud (`kill -9`) a hundred times with requests in flight, and checks every booking, seat, charge, point and message afterwards; `-- --rounds N --requests N --seed N --minutes N`',
    guards:
      'takes the guards of the saga out one at a time and shows what breaks: [Guards](guards.md); `-- --only TEXT`, `-- --plans N`, `-- --plan "LINE"`',
    mutation:
      'changes the domain modules in every small way and runs their unit tests: [Mutation testing](mutation.md); `-- --room TEXT`, `-- --changed`',
    coverage:
      'prints how many lines and branches of functions/ and infra/ the tests run, processes that they start included, beside what it was',
    mocks:
      '`-- FILE` writes fault plans as a mock configuration (`SFN_MOCK_CONFIG`) for Step Functions Local, LocalStack and MiniStack; `npm run test:e2e` runs each case on the emulators that it starts',
    load: 'books a thousand holidays with a mix of failures, audits what is left, and tells whether memory is flat; `-- --kills N` kills the local cloud in between',
    conformance:
      'compares the local cloud with what AWS answered; `-- --from DIR` takes the cases from a checkout of LocalStack',
    verify: 'runs what CI runs, stage by stage; `-- --list` names the stages, `-- check model` runs these two',
  },
  'Check and build it': {
    check: 'all checks below that need neither Python nor minutes',
    lint: "Biome's rules",
    'lint:fix': 'mends what Biome can mend',
    typecheck: 'TypeScript',
    'lint:source':
      'imports that lead nowhere or the wrong way, import cycles, and that no file that people write is over 200 lines',
    'lint:asl': 'the state machine, beside the list of legs',
    'lint:docs': 'whether the generated parts of the pages are up to date',
    'lint:tests':
      'whether the path that the tests spell by hand, and the recorded end states, have every leg, the legs derive the ids that the release before has stored, and the recorded score of the mutants is of these sources',
    'lint:openapi': 'the OpenAPI document',
    'lint:bundles': 'the weight of each bundle, beside its budget',
    'lint:workflows': 'the GitHub workflows',
    'lint:stack':
      "checkov's rules over the stack of `prod` (needs Python); `infra/checkov/accepted.ts` has the accepted findings, each with its reason",
    docs: 'writes the OpenAPI document and the generated parts of the pages',
    build: 'writes the bundles',
    synth: 'writes the bundles and the Terraform file of `STAGE` (`local` by default)',
    'swap:cdktn': "proves that the stack is the same with CDKTF's fork `cdktn`, with one file changed",
  },
  'Deploy it': {
    'plan:review': 'says what a Terraform plan would do, dangers first: [Review a plan](plan-review.md)',
    'deploy:policy': "prints the deployer's IAM policies, made from the stack",
    'bootstrap:state': "makes the bucket of Terraform's state",
    smoke: 'books and cancels a holiday on a deployed stage; with `-- --read-only` it only reads',
    versions: 'lists the published versions of the steps, and removes old ones: [Releases](operations.md#releases)',
    'release:record': 'records the release that the next one has to be compatible with',
    console: 'shows the runs of a deployed stage in the browser: [The console](console.md#of-a-deployed-stage)',
    dlq: 'lists, shows and redrives [dead letters](operations.md#alarms-and-dead-letters)',
    'target:start': 'starts an emulator: [Targets](targets.md)',
    'target:stop': 'stops it',
    'deploy:local': 'deploys the stack to an emulator, through Terraform',
    'destroy:local': 'destroys it there',
    gateway: 'serves the HTTP API in front of an emulator that has none',
  },
  'Measure it': {
    cost: 'what bookings, a month and a release cost on AWS, and which quota binds first: [What it costs](cost.md)',
    'cost:record': 'records the sizes of items and log lines that the cost model takes',
    bench: 'the same trips on every target, as a table and bars: [Benchmark](benchmark.md)',
    'console:pictures': 'writes the pictures of the [console](console.md) into `docs/images` (needs Chromium)',
    'bench:embedded': 'the same for the local cloud alone: rates, latency, memory, and processor time beside its floor',
    'bench:console':
      'the console in a browser: from an event to its colour, first paint of a thousand runs, memory (needs Chromium)',
    'bench:routes': 'p50 and p99 of each route, as ratios to a bare HTTP round trip',
  },
};

/** Every script, with what it does. */
export const scripts: ReadonlyMap<string, string> = new Map(
  Object.values(scriptGroups).flatMap((group) => Object.entries(group)),
);
