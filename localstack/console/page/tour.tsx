import { tour } from '../model/tour.ts';
import { doStep, endTour, showStep, tourDone, tourProblem, tourStep } from './stores/tour.ts';
import { Icon } from './ui/icon.tsx';

/** What to look at next, beside whatever view is open. */
export function Tour() {
  const at = tourStep.value;
  const step = at === undefined ? undefined : tour[at];
  if (at === undefined || step === undefined) return null;
  const isLast = at === tour.length - 1;
  return (
    <aside class="tour" aria-label="Tour">
      <header>
        <p class="quiet">
          Step {at + 1} of {tour.length}
        </p>
        <button type="button" class="icon-button" title="End the tour" onClick={endTour}>
          <Icon name="close" size={16} />
          <span class="unseen">End the tour</span>
        </button>
      </header>
      <h2>{step.title}</h2>
      <p>{step.text}</p>
      {tourProblem.value !== undefined && (
        <p class="tone-bad outcome" role="alert">
          {tourProblem.value}
        </p>
      )}
      <div class="dialog-buttons">
        {step.verb !== undefined && (
          <button type="button" class={tourDone.value ? 'button' : 'button button-strong'} onClick={doStep}>
            {step.verb}
          </button>
        )}
        <button
          type="button"
          class={tourDone.value ? 'button button-strong' : 'button'}
          onClick={() => (isLast ? endTour() : showStep(at + 1))}
        >
          {isLast ? 'End' : 'Next'}
        </button>
      </div>
    </aside>
  );
}
