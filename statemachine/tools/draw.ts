import { type StateMachine, stateOf, successorsOf } from './asl.ts';

/** The machine as a Mermaid flowchart: forward path and undoing as drawn arrows, caught errors as dotted ones. */
export function drawSaga(machine: StateMachine): string {
  const ids = new Map(Object.keys(machine.States).map((name, index) => [name, `s${index}`]));
  const id = (name: string): string => ids.get(name) ?? '';
  const lines = ['flowchart TD', `  start(( )) --> ${id(machine.StartAt)}`];
  for (const [name, state] of Object.entries(machine.States)) {
    const label = `"${name}"`;
    if (state.Type === 'Choice') lines.push(`  ${id(name)}{${label}}`);
    else if (state.Type === 'Task') lines.push(`  ${id(name)}[${label}]`);
    else lines.push(`  ${id(name)}([${label}]):::${state.Type.toLowerCase()}`);
  }
  for (const [name, state] of Object.entries(machine.States)) {
    const caught = new Set((state.Catch ?? []).map((catcher) => catcher.Next));
    for (const next of new Set(successorsOf(state))) {
      const isOnlyCaught = caught.has(next) && next !== state.Next;
      lines.push(`  ${id(name)} ${isOnlyCaught ? '-.->' : '-->'} ${id(next)}`);
    }
  }
  lines.push('  classDef succeed fill:#d7f5dd,stroke:#2b8a3e', '  classDef fail fill:#ffe0e0,stroke:#c92a2a');
  return lines.join('\n');
}

const short = (machine: StateMachine, from: string, to: string): string[] => {
  const names = [from];
  for (let name = from; name !== to; ) {
    name = stateOf(machine, name).Next ?? to;
    names.push(name);
  }
  return names;
};

/** The saga at a glance, for the top of the README: the way forward, and under it the way back. */
export function drawOverview(machine: StateMachine): string {
  const forward = short(machine, 'ReserveBooking', 'We have made your booking!');
  const backward = short(machine, 'RefundPayment', 'CompensationOutcome').slice(0, -1);
  const node = (prefix: string) => (name: string, index: number) => `${prefix}${index}["${name}"]`;
  const lines = [
    'flowchart LR',
    '  subgraph forward [Forward]',
    '    direction TB',
    `    ${forward.map(node('f')).join(' --> ')}`,
    '  end',
    '  subgraph backward [Backward, newest layer first]',
    '    direction TB',
    `    ${['CancelBooking', ...backward, 'CloseBooking', "Sorry, We Couldn't make the booking"].map(node('b')).join(' --> ')}`,
    '  end',
    // To the subgraph: a link to a node inside would make Mermaid ignore its direction.
    '  forward -. failure or time-out before the booking is confirmed .-> backward',
  ];
  return lines.join('\n');
}
