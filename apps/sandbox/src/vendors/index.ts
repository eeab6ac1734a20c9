import type { VendorSimulator } from '../simulator/vendor-simulator.js';

/** One line a vendor: each call makes vendors with a state of their own. */
const FACTORIES: readonly (() => VendorSimulator)[] = [];

export const createVendors = (): VendorSimulator[] => FACTORIES.map((create) => create());
