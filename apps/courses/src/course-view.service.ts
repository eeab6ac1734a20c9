import { Inject, Injectable } from '@nestjs/common';
import { CourseOptionsSchema, createDownloads, type Course, type Lesson, type OutlineLesson } from '@tecnocursos/contracts';
import { RpcClient } from '@tecnocursos/messaging';
import { ENVIRONMENT, readConfig, type Environment } from '@tecnocursos/nest-kit';
import { lessonKey, playerKey, publicFolder } from './course-keys.js';
import { CourseRepository, type VisibleCourse } from './course.repository.js';
import { CoursesConfigSchema } from './courses.config.js';
import { stepProgress } from './pipeline/progress.js';
import { StepRepository } from './pipeline/step.repository.js';
import type { OutlineOutput, VideoOutput } from './steps/step-outputs.js';

const ARTIFACTS = ['video', 'captions', 'chapters', 'transcript', 'quiz', 'poster'] as const;
const KEYS_PER_CALL = 500;

interface Links {
  urls: Map<string, string>;
  expiresAt: string | null;
}

/** A course as users see it: its rows, the results so far, and links that open for a while. */
@Injectable()
export class CourseView {
  private readonly linkSeconds: number;

  constructor(
    private readonly courses: CourseRepository,
    private readonly steps: StepRepository,
    private readonly rpc: RpcClient,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.linkSeconds = readConfig(CoursesConfigSchema, environment).COURSES_LINK_HOURS * 3600;
  }

  async show(row: VisibleCourse): Promise<Course> {
    const [progress, outlines, videos, assembled] = await Promise.all([
      this.courses.steps(row.id),
      this.steps.outputs<OutlineOutput>(row.id, 'outline'),
      this.steps.outputs<VideoOutput>(row.id, 'video'),
      this.steps.outputs(row.id, 'assemble'),
    ]);
    const ready = new Set(assembled.map(({ lesson }) => lesson));
    const links = await this.links(row, [...ready]);
    const lessons = (outlines[0]?.output.lessons ?? []).map((lesson) =>
      lessonView(row.id, lesson, videos.find((video) => video.lesson === lesson.number)?.output, ready.has(lesson.number) ? links : null),
    );
    return {
      ...summaryOf(row),
      source: { format: row.source_format, filename: row.source_filename, pages: row.source_pages },
      steps: stepProgress(progress, new Date()),
      lessons,
      player_url: links.urls.get(playerKey(row.id)) ?? null,
      links_expire_at: links.expiresAt,
      cost: { amount_micros: progress.reduce((sum, step) => sum + step.cost_micros, 0), currency: 'USD' },
    };
  }

  private async links(row: VisibleCourse, lessons: readonly number[]): Promise<Links> {
    const keys = lessons.flatMap((lesson) => ARTIFACTS.map((artifact) => lessonKey(row.id, lesson, artifact)));
    if (row.state === 'published') keys.push(playerKey(row.id));
    const links: Links = { urls: new Map(), expiresAt: null };
    for (let start = 0; start < keys.length; start += KEYS_PER_CALL) {
      const part = keys.slice(start, start + KEYS_PER_CALL);
      const { urls, expires_at } = await this.rpc.call(createDownloads, {
        keys: part, scope: publicFolder(row.id), audience: 'public', expires_s: this.linkSeconds,
      });
      part.forEach((key, index) => links.urls.set(key, urls[index] ?? ''));
      links.expiresAt ??= expires_at;
    }
    return links;
  }
}

function summaryOf(row: VisibleCourse): Omit<Course, 'source' | 'steps' | 'lessons' | 'player_url' | 'links_expire_at' | 'cost'> {
  return {
    id: row.id,
    title: row.title,
    language: row.language,
    state: row.state,
    progress: row.progress,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    options: CourseOptionsSchema.parse(JSON.parse(row.options)),
    error: row.error_code === null ? null : { code: row.error_code, detail: row.error_detail ?? '' },
    warnings: JSON.parse(row.warnings) as string[],
  };
}

function lessonView(courseId: string, lesson: OutlineLesson, video: VideoOutput | undefined, links: Links | null): Lesson {
  const url = (artifact: (typeof ARTIFACTS)[number]): string => links?.urls.get(lessonKey(courseId, lesson.number, artifact)) ?? '';
  return {
    number: lesson.number,
    title: lesson.title,
    summary: lesson.summary,
    objectives: lesson.objectives,
    key_terms: lesson.key_terms,
    duration_s: video ? video.duration_ms / 1000 : null,
    chapters: video?.chapters ?? [],
    artifacts: links && {
      video: url('video'), captions: url('captions'), chapters: url('chapters'), transcript: url('transcript'), quiz: url('quiz'), poster: url('poster'),
    },
  };
}
