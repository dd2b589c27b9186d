import { useEffect } from 'preact/hooks';
import { faults, faultsProblem, openFaults } from '../../stores/faults.ts';
import { start } from '../../stores/start.ts';
import { Problem } from '../../ui/problem.tsx';
import { ArmForm } from './arm-form.tsx';
import { ArmedList } from './armed-list.tsx';
import { FiredList } from './fired-list.tsx';
import { RecordedTrace } from './trace.tsx';

export function FaultsRoom() {
  const mayArm = start.value?.faults;
  useEffect(() => (mayArm === true ? openFaults() : undefined), [mayArm]);
  const answer = faults.value;
  return (
    <div class="faults">
      <header class="page-head">
        <h1>Faults</h1>
        <p class="lead">Let the next call of a state go wrong, book, and watch what the saga makes of it.</p>
      </header>
      {faultsProblem.value !== undefined && <Problem text={faultsProblem.value} />}
      {mayArm === false && <p class="empty quiet">Calls can be made to fail in the local cloud of npm start alone.</p>}
      {answer !== undefined && (
        <div class="faults-columns">
          <ArmForm states={answer.states} undoing={answer.undoing} />
          <div class="faults-side">
            <ArmedList answer={answer} />
            <FiredList fired={answer.fired} />
            <RecordedTrace />
          </div>
        </div>
      )}
    </div>
  );
}
