import { describe, expect, it } from 'vitest';
import { Findings } from './findings.js';
import { checkedSsml } from './ssml.js';

function check(narration: string): { written: string; problems: string[] } {
  const findings = new Findings();
  const written = checkedSsml(narration, 'slides.0.narration', findings);
  return { written, problems: findings.problems };
}

describe('narration of a model', () => {
  it.each([
    ['<speak><s>Olá &amp; bem-vindo.</s><break time="400ms"/></speak>', '<speak><s>Olá &amp; bem-vindo.</s><break time="400ms"/></speak>'],
    ['  <speak>Pedro & Ana > todos</speak>\n', '<speak>Pedro &amp; Ana &gt; todos</speak>'],
    ["<speak><sub alias='C O dois'>CO₂</sub></speak>", '<speak><sub alias="C O dois">CO₂</sub></speak>'],
    ['<speak><break time="1.5s"></speak>', null],
    ['<speak><prosody rate="90%" pitch="+2st">a</prosody><emphasis level="strong">b</emphasis></speak>', '<speak><prosody rate="90%" pitch="+2st">a</prosody><emphasis level="strong">b</emphasis></speak>'],
    ['<speak>a<break time="1.5s"/>b</speak>', '<speak>a<break time="1.5s"/>b</speak>'],
  ])('of our subset is written anew: %s', (given, written) => {
    const result = check(given);
    if (written === null) expect(result.problems.length).toBeGreaterThan(0);
    else expect(result).toEqual({ written, problems: [] });
  });

  it.each([
    ['an element that we do not know', '<speak><audio src="https://evil.example/a.mp3"/>a</speak>'],
    ['a script', '<speak>a<script>alert(1)</script></speak>'],
    ['an attribute that we do not know', '<speak onload="x">a</speak>'],
    ['a value that we do not know', '<speak>a<break time="99999999s"/></speak>'],
    ['a prototype property as an element', '<speak><constructor>a</constructor></speak>'],
    ['an element that is never closed', '<speak><s>a</speak>'],
    ['a close without an open', '<speak>a</s></speak>'],
    ['a comment', '<speak>a<!-- x --></speak>'],
    ['a document type', '<!DOCTYPE x [<!ENTITY a "b">]><speak>&a;</speak>'],
    ['text outside', '<speak>a</speak> e mais'],
    ['two roots', '<speak>a</speak><speak>b</speak>'],
    ['a bare <', '<speak>1 < 2</speak>'],
    ['nothing to say', '<speak><break time="1s"/></speak>'],
    ['a sub without an alias', '<speak><sub>CO₂</sub></speak>'],
  ])('is refused with %s', (_what, given) => {
    expect(check(given).problems.length).toBeGreaterThan(0);
  });
});
