import fc from 'fast-check';

/** Property tests of a run with `FAST_CHECK_SEED` try the cases of that seed; without, others each time. */
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED) });
