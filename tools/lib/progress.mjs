const NAMES = {
  extract: 'Read the document', outline: 'Outline', background: 'Background', script: 'Scripts', quiz: 'Quizzes', voice: 'Narration', presenter: 'Presenter',
  video: 'Slides and video', assemble: 'Captions and texts', publish: 'Player page', notify: 'E-mail',
};
/** Shown by courses that have them. */
const OPTIONAL = new Set(['background', 'presenter']);
const WIDTH = 24;

/** Bars of the pipeline's steps: redrawn in a terminal, a line for each finished kind of step elsewhere. */
export class ProgressBars {
  constructor(stream) {
    this.stream = stream;
    this.steps = new Map(Object.keys(NAMES).map((kind) => [kind, { done: 0, total: 0 }]));
    this.drawn = 0;
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
    const shown = [...this.steps.keys()].filter((kind) => !OPTIONAL.has(kind) || this.steps.get(kind).total > 0);
    const lines = shown.map((kind) => `\x1b[2K${this.line(kind)}`);
    this.stream.write(`${this.drawn ? `\x1b[${this.drawn}A` : ''}${lines.join('\n')}\n`);
    this.drawn = lines.length;
  }
}
