import { Module } from '@nestjs/common';
import { integrationModule } from '@tecnocursos/integration-kit';
import { ENVIRONMENT, SUBJECT_DATA, subjectControllerOf, type Environment } from '@tecnocursos/nest-kit';
import { AI_CONFIG, readAiConfig } from './ai.config.js';
import { AiRpcController } from './ai.rpc-controller.js';
import { AiService } from './ai.service.js';
import { AI_CHAIN } from './ai.tokens.js';
import { CHAT_CLOCK } from './chat/chat-clock.js';
import { ChatModelsService } from './chat/chat-models.service.js';
import { ChatRpcController } from './chat/chat.rpc-controller.js';
import { ChatService } from './chat/chat.service.js';
import { AnalyzeService } from './operations/analyze/analyze.service.js';
import { DescribeImageService } from './operations/describe-image/describe-image.service.js';
import { PictureDescriber } from './operations/describe-image/picture-describer.js';
import { ImproveService } from './operations/improve/improve.service.js';
import { ModerateService } from './operations/moderate/moderate.service.js';
import { OperationRunner } from './operations/operation-runner.js';
import { OutlineService } from './operations/outline/outline.service.js';
import { QuizService } from './operations/quiz/quiz.service.js';
import { ScriptService } from './operations/script/script.service.js';
import { TranslateService } from './operations/translate/translate.service.js';
import { AnswerSubjects } from './privacy/answer-subjects.service.js';
import { testAiProvider } from './provider-test.js';
import { AI_PROVIDERS } from './providers/index.js';
import { TextService } from './text.service.js';

@Module({
  imports: [integrationModule({ domain: 'ai', service: 'ai', variablePrefix: 'AI', token: AI_CHAIN, definitions: AI_PROVIDERS, tenantCredentials: true, idempotency: true, test: testAiProvider })],
  controllers: [AiRpcController, ChatRpcController, subjectControllerOf('ai')],
  providers: [
    { provide: AI_CONFIG, inject: [ENVIRONMENT], useFactory: (environment: Environment) => readAiConfig(environment) },
    { provide: CHAT_CLOCK, useValue: Date.now },
    { provide: SUBJECT_DATA, useClass: AnswerSubjects },
    OperationRunner, OutlineService, ScriptService, QuizService, ImproveService, AnalyzeService, ModerateService, DescribeImageService, PictureDescriber, TranslateService,
    AiService, TextService, ChatService, ChatModelsService,
  ],
})
export class AiModule {}
