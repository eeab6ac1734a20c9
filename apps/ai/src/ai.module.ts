import { Module } from '@nestjs/common';
import { AiRpcController } from './ai.rpc-controller.js';
import { AiService } from './ai.service.js';
import { COURSE_AUTHOR } from './ports/course-author.port.js';
import { LocalCourseAuthor } from './providers/local/local-course-author.js';

@Module({
  controllers: [AiRpcController],
  providers: [AiService, { provide: COURSE_AUTHOR, useClass: LocalCourseAuthor }],
})
export class AiModule {}
