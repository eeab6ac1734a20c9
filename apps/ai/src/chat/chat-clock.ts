/** Epoch milliseconds. */
export type ChatClock = () => number;
export const CHAT_CLOCK = Symbol('CHAT_CLOCK');
