/** Money is an integer of minor units in code and "450.00" only at the table's edge, where the contract asks for it. */
export function minorUnits(amount: string): number {
  const match = /^(\d+)\.(\d{2})$/.exec(amount);
  if (match === null) throw new Error(`Amount must look like "450.00", not "${amount}"`);
  return Number(match[1]) * 100 + Number(match[2]);
}

/** The amount in major units as a number, for messages to people and subscribers. */
export function majorUnits(amount: string): number {
  return minorUnits(amount) / 100;
}

/** "450.00" of 450: whole major units, as prices of the catalog are, at the table's edge. */
export function decimalAmount(units: number): string {
  return units.toFixed(2);
}
