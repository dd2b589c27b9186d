/** Id of the demo routes' fixed trip, as in the seed example. */
export const demoTripId = '5c12d94a-ee6a-40d9-889b-1d49142248b7';

/** The flight that the demo's seats come from, and the customer that it books for. */
export const demoFlightId = 'demo-london-dublin';
export const demoCustomer = 'demo';

/** A card of Stripe's test mode, which the built-in ledger takes as well. */
export const demoCardToken = 'tok_visa';

export const demoMessages = {
  accepted: 'The holiday booking system is processing your order',
  failed: 'There was an error',
} as const;
