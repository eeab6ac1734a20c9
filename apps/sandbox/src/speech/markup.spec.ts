import { describe, expect, it } from 'vitest';
import { MarkupError, readMarkup } from './markup.js';

describe('markup', () => {
  it('is read with names, attributes, entities and places', () => {
    const source = '<?xml version="1.0"?><speak a="1" b=\'x &amp; y\'>oi <break time="1s"/>&lt;&#233;</speak>';
    expect(readMarkup(source)).toMatchObject([
      { kind: 'open', name: 'speak', attributes: { a: '1', b: 'x & y' }, isEmpty: false }, { kind: 'text', text: 'oi ', at: source.indexOf('oi'), length: 3 },
      { kind: 'open', name: 'break', isEmpty: true }, { kind: 'text', text: '<é', length: 10 }, { kind: 'close', name: 'speak' },
    ]);
  });

  it.each(['', 'oi', '<speak>', '<speak></p>', '<speak>a & b</speak>', '<speak>&nbsp;</speak>', '<speak a=1>x</speak>', '<a/><b/>', '<speak>x</speak>y', '<speak><</speak>'])('refuses %j', (source) => {
    expect(() => readMarkup(source)).toThrow(MarkupError);
  });
});
