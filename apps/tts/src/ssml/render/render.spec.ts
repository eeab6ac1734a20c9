import { describe, expect, it } from 'vitest';
import { HOUSE_VOICES } from '../../house-voices.js';
import type { Utterance } from '../../ports/speech-synthesizer.port.js';
import { marksOf as pollyMarks, toPolly } from '../../providers/aws-polly/aws-polly.mapper.js';
import { toAzure } from '../../providers/azure-speech/azure-speech.mapper.js';
import { marksOf as elevenLabsMarks, toElevenLabs } from '../../providers/elevenlabs/elevenlabs.mapper.js';
import { parseXml } from '../xml-tree.js';
import { parsePlainText } from '../script-builder.js';
import { parseSsml } from '../ssml-parser.js';
import { renderPlain } from './render-plain.js';

const SSML = '<speak><p><s>Olá, <prosody rate="80%" pitch="+2st" volume="-6dB">mundo grande</prosody> &amp; "bom".</s><break time="700ms"/><s>O <sub alias="gás carbônico">CO2</sub> sobe</s></p><p>Fim</p></speak>';
const [house] = HOUSE_VOICES;

function utterance(ssml: string, more: Partial<Utterance> = {}): Utterance {
  if (!house) throw new Error('There are no voices.');
  return { script: parseSsml(ssml, 'pt-BR'), language: 'pt-BR', voice: { kind: 'house', voice: house }, model: 'neural', rate: 1, pitch: 0, ...more };
}

describe('Azure', () => {
  it('gets SSML with prosody, pauses and escaped text', () => {
    const { ssml, warnings, unmet } = toAzure(utterance(SSML));
    expect(ssml).toBe(
      '<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xmlns:mstts="https://www.w3.org/2001/mstts" xml:lang="pt-BR"><voice name="pt-BR-FranciscaNeural"><p>'
      + '<s>Olá, <prosody rate="-20%" pitch="+2st" volume="50">mundo grande</prosody> &amp; &quot;bom&quot;. <break time="700ms"/></s>'
      + '<s>O gás carbônico sobe.</s></p><p><s>Fim.</s></p></voice></speak>',
    );
    expect([warnings, unmet]).toEqual([[], { rate: 1, pitch: 0 }]);
    expect(() => parseXml(ssml)).not.toThrow();
  });

  it('brings what it cannot do to its limits, and says so', () => {
    expect(toAzure(utterance('<speak><prosody pitch="+10st">a</prosody></speak>', { pitch: 4 }))).toMatchObject({ ssml: expect.stringContaining('pitch="+7st"'), warnings: [expect.stringContaining('pitch')] });
    expect(toAzure(utterance('<speak><emphasis>a</emphasis></speak>')).warnings).toEqual([expect.stringContaining('louder')]);
  });

  it('speaks with HD where the voice has it, and leaves prosody to be done after', () => {
    expect(toAzure(utterance('<speak>a</speak>', { model: 'hd', rate: 1.2, pitch: 1 }))).toMatchObject({ model: 'neural', warnings: [expect.stringContaining('HD')], unmet: { rate: 1, pitch: 0 } });
    const thalita = HOUSE_VOICES.find(({ id }) => id === 'thalita') ?? house;
    if (!thalita) throw new Error('There are no voices.');
    const hd = toAzure(utterance('<speak>a</speak>', { model: 'hd', rate: 1.2, pitch: 1, voice: { kind: 'house', voice: thalita } }));
    expect(hd).toMatchObject({ model: 'hd', warnings: [], unmet: { rate: 1.2, pitch: 1 }, ssml: expect.stringContaining('pt-BR-Thalita:DragonHDLatestNeural') });
  });
});

describe('Polly', () => {
  it('gets what its engine knows, and a warning for the rest', () => {
    const neural = toPolly(utterance(SSML), 'neural');
    expect(neural.input).toMatchObject({ VoiceId: 'Camila', Engine: 'neural', TextType: 'ssml', OutputFormat: 'mp3', SampleRate: '24000', LanguageCode: 'pt-BR' });
    expect(neural.input.Text).toContain('<prosody rate="80%" volume="-6dB">mundo grande</prosody>');
    expect(neural.rendered.warnings).toEqual([expect.stringContaining('standard voices')]);
    const standard = toPolly(utterance(SSML, { pitch: 1 }), 'standard');
    expect(standard.input.Text).toContain('<prosody rate="80%" pitch="+18.9%" volume="-6dB">');
    expect([standard.rendered.warnings, standard.unmet, toPolly(utterance(SSML, { pitch: 1 }), 'neural').unmet]).toEqual([[], { rate: 1, pitch: 0 }, { rate: 1, pitch: 1 }]);
  });

  it('says silence silently', () => {
    expect(toPolly(utterance('<speak><prosody volume="silent">a</prosody></speak>'), 'neural').input.Text).toContain('<prosody volume="silent">a.</prosody>');
  });

  it('tells words by the bytes of the SSML', () => {
    const { rendered } = toPolly(utterance('<speak>ação é &amp; boa</speak>'), 'neural');
    const at = (word: string): number => Buffer.byteLength(rendered.text.slice(0, rendered.text.indexOf(word)));
    const lines = [['ação', 10], ['é', 400], ['boa', 700]].map(([word, time]) => JSON.stringify({ time, type: 'word', start: at(String(word)), end: at(String(word)) + 1, value: word })).join('\n');
    const marks = pollyMarks(rendered, `${lines}\n{"time":1,"type":"sentence","start":0,"end":9,"value":"x"}\n`);
    expect(marks.map(({ word, startMs }) => [word, startMs])).toEqual([[0, 10], [1, 400], [3, 700]]);
    expect(marks[0]?.endMs).toBe(400);
    expect(() => pollyMarks(rendered, '{"time":')).toThrow(SyntaxError);
  });
});

describe('ElevenLabs', () => {
  it('gets text with pauses that its model knows', () => {
    const v2 = toElevenLabs(utterance(SSML, { model: 'eleven_multilingual_v2', rate: 1.5, before: 'Antes.', after: 'Depois.' }));
    expect(v2.body).toMatchObject({ text: 'Olá, mundo grande & "bom". <break time="0.70s" /> O gás carbônico sobe.\n\nFim.', voiceSettings: { speed: 1.2 }, previousText: 'Antes.', nextText: 'Depois.' });
    expect(v2.body).not.toHaveProperty('languageCode');
    expect(v2.unmet.rate).toBeCloseTo(1.25);
    expect(v2.warnings).toEqual([expect.stringContaining('ElevenLabs')]);
    const v3 = toElevenLabs(utterance('<speak>a [risos] b</speak>', { model: 'eleven_v3', stability: 0.8, before: 'x' }));
    expect(v3.body).toMatchObject({ text: 'a risos b.', languageCode: 'pt', voiceSettings: { speed: 1, stability: 1 } });
    expect(v3.body).not.toHaveProperty('previousText');
    expect(v3.warnings).toEqual([expect.stringContaining('stability')]);
  });

  it('tells words by their characters, and nothing when the characters are others', () => {
    const { rendered } = toElevenLabs(utterance('<speak>oi 😀 mundo</speak>', { model: 'eleven_flash_v2_5' }));
    const characters = [...rendered.text];
    const times = characters.map((_, index) => index / 10);
    const alignment = { characters, characterStartTimesSeconds: times, characterEndTimesSeconds: times.map((time) => time + 0.1) };
    expect(elevenLabsMarks(rendered, alignment)?.map(({ word, startMs, endMs }) => [word, Math.round(startMs), Math.round(endMs)])).toEqual([[0, 0, 200], [1, 300, 900]]);
    expect(elevenLabsMarks(rendered, { ...alignment, characters: characters.toReversed() })).toBeUndefined();
    expect(elevenLabsMarks(rendered, undefined)).toBeUndefined();
  });
});

describe('plain text', () => {
  it('has places that lead back to its words', () => {
    const script = parsePlainText('Um dois. Três quatro\n\nCinco', 'pt-BR');
    const { text, places, warnings } = renderPlain(script, { vendor: 'X' });
    expect([text, places.map(({ start, end }) => text.slice(start, end)), warnings]).toEqual(['Um dois. Três quatro.\n\nCinco.', ['Um', 'dois.', 'Três', 'quatro.', 'Cinco.'], []]);
  });
});
