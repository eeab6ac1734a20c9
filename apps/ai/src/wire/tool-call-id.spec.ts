import { describe, expect, it } from 'vitest';
import { plainCallId } from './tool-call-id.js';

describe('plainCallId', () => {
  it('keeps what every vendor takes', () => {
    for (const id of ['call_abc123', 'toolu_01A09q90qw90lq917835lq9', 'x']) expect(plainCallId(id)).toBe(id);
  });

  it.each(['gemini-call-r1-0#AbCd+/==', 'a'.repeat(41), '', 'função'])('makes “%s” plain, and always the same', (id) => {
    expect(plainCallId(id)).toMatch(/^call_[0-9a-f]{32}$/);
    expect(plainCallId(id)).toBe(plainCallId(id));
    expect(plainCallId(id)).not.toBe(plainCallId(`${id}!`));
  });
});
