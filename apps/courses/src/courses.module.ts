import { Module } from '@nestjs/common';
import { RpcClient, STREAMS } from '@tecnocursos/messaging';
import { LOGGER, outboxPublisher, RetentionTask, SCHEMA, SUBJECT_DATA, subjectControllerOf } from '@tecnocursos/nest-kit';
import { CourseControl } from './course-control.service.js';
import { CourseView } from './course-view.service.js';
import { CourseRepository } from './course.repository.js';
import { CoursesRpcController } from './courses.rpc-controller.js';
import { DOCUMENT_READER } from './intake/document-reader.token.js';
import { IsolatedDocumentReader } from './documents/isolated-document-reader.js';
import { Housekeeping } from './housekeeping.service.js';
import { CourseChoices } from './intake/course-choices.service.js';
import { CourseIntake } from './intake/course-intake.service.js';
import { DocumentIntake } from './intake/document-intake.service.js';
import { CourseStart } from './intake/course-start.service.js';
import { STEP_HANDLERS, type StepHandler } from './pipeline/step-handler.port.js';
import { StepRunner } from './pipeline/step-runner.service.js';
import { StepWorker } from './pipeline/step-worker.service.js';
import { StepRepository } from './pipeline/step.repository.js';
import { CourseMentions } from './privacy/course-mentions.service.js';
import { CourseMessages } from './privacy/course-messages.service.js';
import { CourseSubjects } from './privacy/course-subjects.service.js';
import { createSourceRetention } from './privacy/source-retention.js';
import { BackgroundStep } from './steps/background.step.js';
import { AssembleStep } from './steps/assemble.step.js';
import { LessonMaterials } from './steps/lesson-material.service.js';
import { NotifyStep } from './steps/notify.step.js';
import { OutlineStep } from './steps/outline.step.js';
import { PresenterStudio } from './steps/presenter-studio.service.js';
import { PresenterStep } from './steps/presenter.step.js';
import { PublishStep } from './steps/publish.step.js';
import { QuizStep } from './steps/quiz.step.js';
import { ScriptStep } from './steps/script.step.js';
import { StepOutputs } from './steps/step-outputs.js';
import { VideoStep } from './steps/video.step.js';
import { VoiceStep } from './steps/voice.step.js';

/** A new kind of step is one class, one line here, and its place in `pipeline/plan.ts`. */
const STEPS = [OutlineStep, BackgroundStep, ScriptStep, QuizStep, VoiceStep, PresenterStep, VideoStep, AssembleStep, PublishStep, NotifyStep];

@Module({
  controllers: [CoursesRpcController, subjectControllerOf('courses')],
  providers: [
    CourseRepository, CourseView, CourseControl, DocumentIntake, CourseIntake, CourseChoices, CourseStart, Housekeeping,
    StepRepository, StepRunner, StepWorker, outboxPublisher(STREAMS.jobs, STREAMS.events), StepOutputs, LessonMaterials, PresenterStudio, ...STEPS,
    CourseMentions, CourseMessages, { provide: SUBJECT_DATA, useClass: CourseSubjects },
    { provide: RetentionTask, inject: [SCHEMA, RpcClient, LOGGER], useFactory: createSourceRetention },
    { provide: STEP_HANDLERS, useFactory: (...steps: StepHandler[]) => steps, inject: STEPS },
    { provide: DOCUMENT_READER, useClass: IsolatedDocumentReader },
  ],
})
export class CoursesModule {}
