const NAMES = {
  extract: 'Read the document', outline: 'Outline', script: 'Scripts', quiz: 'Quizzes', voice: 'Narration',
  video: 'Slides and video', assemble: 'Captions and texts', publish: 'Player page', notify: 'E-mail',
};
const WIDTH = 24;

/** Bars of the pipeline's steps: redrawn in a terminal, a line for each finished kind of step elsewhere. */
export class ProgressBars {
  constructor(stream) {
    this.stream = stream;
    this.steps = new Map(Object.keys(NAMES).map((kind) => [kind, { done: 0, total: 0 }]));
    this.drawn = false;
  }

  update(kind, done, total) {
    const before = this.steps.get(kind);
    this.steps.set(kind, { done, total });
    if (this.stream.isTTY) this.draw();
    else if (done === total && before.done < done) this.stream.write(`${this.line(kind)}\n`);
  }

  line(kind) {
    const { done, total } = this.steps.get(kind);
    const filled = total === 0 ? 0 : Math.round((done / total) * WIDTH);
    return `  ${NAMES[kind].padEnd(20)} ${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${total === 0 ? '' : `${done}/${total}`}`;
  }

  draw() {
    const lines = [...this.steps.keys()].map((kind) => `\x1b[2K${this.line(kind)}`);
    this.stream.write(`${this.drawn ? `\x1b[${lines.length}A` : ''}${lines.join('\n')}\n`);
    this.drawn = true;
  }
}
