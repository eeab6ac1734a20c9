import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlatformProcess } from './testing/platform.harness.js';

const TEXT = Array.from({ length: 6 }, (_, index) => `## Parte ${index + 1}\n\nA fotossíntese é o processo que transforma a luz em energia química. A planta usa água e gás carbônico na parte ${index + 1}. O oxigênio é liberado no ar pela folha.`).join('\n\n');
const KILLS = 4;

describe('a platform that is killed', () => {
  let platform: PlatformProcess;
  beforeAll(async () => {
    platform = await PlatformProcess.start();
  }, 60_000);
  afterAll(() => platform?.dispose());

  it('goes on where it was, and publishes and tells once', async () => {
    const created = await platform.api.createText('Sobrevivente', TEXT, { lesson_minutes: 1 });
    for (let kill = 0; kill < KILLS; kill += 1) {
      await new Promise((resolve) => setTimeout(resolve, 300 + 400 * kill));
      await platform.kill();
      await platform.launch();
    }
    const course = await platform.api.finished(created.id, 90_000);
    expect(course.state).toBe('published');
    expect((await platform.api.mails()).filter(({ subject }) => subject.includes('Sobrevivente'))).toHaveLength(1);
    const history = await platform.api.events(created.id);
    const finished = history.filter(({ type }) => type === 'step.finished').map(({ data }) => `${data.step}/${data.lesson}/${data.slide}`);
    expect(new Set(finished).size).toBe(finished.length);
  }, 150_000);
});
