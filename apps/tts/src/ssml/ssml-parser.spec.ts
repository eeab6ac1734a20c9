import { describe, expect, it } from 'vitest';
import { AppError } from '@tecnocursos/contracts';
import { SILENT_DB, wordsOf, type SpeechScript } from './speech-script.js';
import { parseSsml } from './ssml-parser.js';

const parse = (body: string): SpeechScript => parseSsml(`<speak>${body}</speak>`, 'pt-BR');
const written = (script: SpeechScript): string[] => script.sentences.map((sentence) => wordsOf(sentence).map((word) => word.written).join('|'));
const spoken = (script: SpeechScript): string[] => script.sentences.flatMap((sentence) => wordsOf(sentence).map((word) => word.spoken));

function failure(source: string): AppError {
  try {
    parseSsml(source, 'pt-BR');
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('SSML subset', () => {
  it('reads sentences, and splits text that has no <s>', () => {
    expect(written(parse('<s>Um dois.</s><s>Três</s> Quatro. Cinco!'))).toEqual(['Um|dois.', 'Três', 'Quatro.', 'Cinco!']);
  });

  it('marks the ends of paragraphs', () => {
    expect(parse('<p>Um. Dois.</p><p>Três.</p>').sentences.map((sentence) => sentence.endsParagraph)).toEqual([false, true, true]);
  });

  it('keeps written and spoken form of <sub> as one word, with the punctuation that follows', () => {
    const script = parse('O <sub alias="dióxido de carbono">CO2</sub>, por <sub alias="mil e duzentos reais">R$ 1.200</sub>.');
    expect(written(script)).toEqual(['O|CO2,|por|R$ 1.200.']);
    expect(spoken(script)).toEqual(['O', 'dióxido de carbono,', 'por', 'mil e duzentos reais.']);
  });

  it('spells characters and digits', () => {
    const script = parse('<say-as interpret-as="characters">IBM</say-as> e <say-as interpret-as="digits">190</say-as>');
    expect(written(script)).toEqual(['IBM|e|190']);
    expect(spoken(script)).toEqual(['í, bê, ême', 'e', 'um, nove, zero']);
  });

  it('reads the length of breaks', () => {
    const items = parse('a<break time="400ms"/>b<break time="1.5s"/>c<break strength="strong"/>d<break/>e<break strength="none"/>f').sentences[0]?.items ?? [];
    expect(items.filter((item) => item.kind === 'pause').map((item) => item.milliseconds)).toEqual([400, 1_500, 700, 400]);
  });

  it('combines prosody and emphasis', () => {
    const script = parse('<prosody rate="80%" pitch="+2st">a <emphasis level="strong">b</emphasis> <prosody volume="silent">c</prosody></prosody> <prosody rate="+10%" pitch="-50%" volume="+3dB">d</prosody>');
    const styles = wordsOf(script.sentences[0] ?? { items: [], endsParagraph: true }).map((word) => word.style);
    expect(styles[0]).toEqual({ rate: 0.8, pitch: 2, volumeDb: 0 });
    expect(styles[1]?.rate).toBeCloseTo(0.72);
    expect(styles[1]).toMatchObject({ pitch: 4, volumeDb: 3 });
    expect(styles[2]?.volumeDb).toBe(SILENT_DB);
    expect(styles[3]).toEqual({ rate: 1.1, pitch: -12, volumeDb: 3 });
  });

  it('joins a word that markup cuts in two', () => {
    expect(written(parse('foto<emphasis>ssíntese</emphasis>.'))).toEqual(['fotossíntese.']);
  });

  it('keeps the text of unknown elements and warns once of each', () => {
    const script = parse('<voice name="x">um</voice> <voice>dois</voice> <s cor="azul">três</s>');
    expect(written(script)).toEqual(['um|dois', 'três']);
    expect(script.warnings).toEqual(['<voice> is not of the SSML subset; its text is spoken plainly.', 'The attribute cor of <s> has no effect here.']);
  });

  it('warns of markup inside <sub>, of an unknown interpret-as and of another language', () => {
    const script = parseSsml('<speak xml:lang="de-DE"><sub alias="um"><b>1</b></sub> <say-as interpret-as="date">1/2</say-as></speak>', 'pt-BR');
    expect(written(script)).toEqual(['1|1/2']);
    expect(script.warnings).toHaveLength(3);
  });

  it('shortens a break that is too long, and says so', () => {
    expect(parse('a<break time="60s"/>b').warnings).toEqual(['A <break> of 60000 ms was shortened to 10000 ms.']);
  });

  it('reads entities, character references, CDATA, comments and the XML declaration', () => {
    const script = parseSsml('<?xml version="1.0"?><speak>a&amp;b &#65;&#x42; <![CDATA[x<y&amp;]]><!-- & não --> fim</speak>', 'en');
    expect(written(script)).toEqual(['a&b|AB|x<y&amp;|fim']);
  });

  it.each([
    ['<speak>a', 'Unclosed tag'],
    ['<speak>a</p></speak>', 'Line 1'],
    ['texto', 'Line 1'],
    ['<speak>a & b</speak>', '"&" as "&amp;"'],
    ['<speak><sub alias="a & b">x</sub></speak>', '"&" as "&amp;"'],
    ['<speak>&nbsp;</speak>', '&nbsp;'],
    ['<!DOCTYPE speak [<!ENTITY x "y">]><speak>&x;</speak>', 'DOCTYPE'],
    ['<speak><?php echo 1 ?>a</speak>', 'Processing instructions'],
    ['<speak>a</speak><speak>b</speak>', 'Multiple possible root'],
    ['<p>a</p>', 'must be <speak>'],
    ['<speak><break time="depressa"/>a</speak>', '400ms'],
    ['<speak><break strength="huge"/>a</speak>', 'x-strong'],
    ['<speak><prosody rate="0%">a</prosody></speak>', '90%'],
    ['<speak><prosody pitch="alto">a</prosody></speak>', '+2st'],
    ['<speak><prosody volume="11">a</prosody></speak>', '+3dB'],
    ['<speak><emphasis level="max">a</emphasis></speak>', 'moderate'],
    ['<speak><sub>a</sub></speak>', 'alias'],
    ['<speak><say-as>a</say-as></speak>', 'interpret-as'],
    [`<speak>${'<p>'.repeat(5_000)}a${'</p>'.repeat(5_000)}</speak>`, 'nested'],
    [`<speak>a${'<break time="10s"/>'.repeat(40)}</speak>`, '300 s'],
  ])('refuses %.60s', (source, remedy) => {
    const error = failure(source);
    expect(error.code).toBe('ssml_invalid');
    expect(error.issues).toEqual([{ field: 'ssml', message: error.detail }]);
    expect(error.detail).toContain(remedy);
  });

  it.each(['<speak/>', '<speak> <break/> </speak>', '<speak>… — 😀</speak>'])('finds nothing to speak in %s', (source) => {
    expect(failure(source)).toMatchObject({ code: 'invalid_request', issues: [{ field: 'ssml' }] });
  });
});
