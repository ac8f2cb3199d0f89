// A store with NestJS and class-validator.
import 'reflect-metadata';
import {
  Body, Controller, Delete, Get, Headers, HttpCode, Module, NotFoundException, Param, ParseArrayPipe, ParseIntPipe,
  Patch, Post, Put, Query, StreamableFile, UploadedFile, UploadedFiles, UseInterceptors, ValidationPipe,
  VERSION_NEUTRAL, VersioningType, Sse,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FileInterceptor, FilesInterceptor } from '@nestjs/platform-express';
import {
  ApiBearerAuth, ApiBody, ApiConsumes, ApiExtraModels, ApiNotFoundResponse, ApiOkResponse, ApiProduces, ApiProperty,
  ApiPropertyOptional, ApiResponse, ApiTags, DocumentBuilder, OmitType, PartialType, SwaggerModule, getSchemaPath,
  ApiCreatedResponse, ApiBasicAuth,
} from '@nestjs/swagger';
import { IsArray, IsEnum, IsInt, IsOptional, IsString, Min } from 'class-validator';
import { Transform, Type } from 'class-transformer';
import { interval, map, take } from 'rxjs';

enum Color { Red = 'red', Blue = 'blue' }
enum Priority { Low, High }

class Cat { @ApiProperty({ enum: ['cat'] }) kind: 'cat'; @ApiProperty() lives: number; }
class Dog { @ApiProperty({ enum: ['dog'] }) kind: 'dog'; @ApiProperty() barks: boolean; }

@ApiExtraModels(Cat, Dog)
class CreateItemDto {
  @ApiProperty({ description: 'The name of the item.', example: 'lamp' }) @IsString() name: string;
  @ApiPropertyOptional({ enum: Color, enumName: 'Color', default: Color.Red }) @IsOptional() @IsEnum(Color) color?: Color;
  @ApiProperty({ enum: Priority }) @IsOptional() priority?: Priority;
  @ApiPropertyOptional({ type: [String] }) @IsOptional() @IsArray() tags?: string[];
  @ApiPropertyOptional({ oneOf: [{ $ref: getSchemaPath(Cat) }, { $ref: getSchemaPath(Dog) }], discriminator: { propertyName: 'kind', mapping: { cat: getSchemaPath(Cat), dog: getSchemaPath(Dog) } } }) @IsOptional() pet?: Cat | Dog;
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'number' } }) @IsOptional() counts?: Record<string, number>;
  @ApiPropertyOptional({ nullable: true, type: String }) @IsOptional() note?: string | null;
}
class UpdateItemDto extends PartialType(OmitType(CreateItemDto, ['tags'] as const)) {}
class ItemDto extends CreateItemDto {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() createdAt: Date;
  @ApiProperty({ type: () => ItemDto, nullable: true }) parent: ItemDto | null;
}
class PageMeta { @ApiProperty() page: number; @ApiProperty() limit: number; @ApiProperty() total: number; @ApiProperty() hasNextPage: boolean; }
class PageDto<T> { data: T[]; @ApiProperty({ type: () => PageMeta }) meta: PageMeta; }
class ErrorDto { @ApiProperty() statusCode: number; @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] }) message: string | string[]; @ApiPropertyOptional() error?: string; }
class QueryDto {
  @ApiPropertyOptional({ default: 1, minimum: 1 }) @IsOptional() @Type(() => Number) @IsInt() @Min(1) page: number = 1;
  @ApiPropertyOptional({ default: 3 }) @IsOptional() @Type(() => Number) @IsInt() limit: number = 3;
  @ApiPropertyOptional({ enum: Color, isArray: true }) @IsOptional() @Transform(({ value }) => [].concat(value)) color?: Color[];
}
class UploadDto { @ApiProperty() title: string; @ApiProperty({ type: 'string', format: 'binary' }) file: any; }
class FilesDto { @ApiProperty({ type: 'array', items: { type: 'string', format: 'binary' } }) files: any[]; }
class Token { @ApiProperty() access_token: string; @ApiProperty() expiresIn: number; }
class LoginDto { @ApiProperty() @IsString() username: string; @ApiProperty() @IsString() password: string; }

const make = (i: number): ItemDto => ({ id: `00000000-0000-4000-8000-00000000000${i}`, name: `item ${i}`, color: Color.Red, priority: Priority.High, tags: ['a'], pet: { kind: 'cat', lives: 9 }, counts: { x: 1.5 }, note: null, createdAt: new Date(0), parent: null });
const ITEMS = [...Array(7).keys()].map(make);

@ApiTags('items') @ApiBearerAuth()
@Controller({ path: 'items', version: '1' })
class ItemsController {
  @Get() @ApiOkResponse({ schema: { allOf: [{ $ref: getSchemaPath(PageDto) }, { properties: { data: { type: 'array', items: { $ref: getSchemaPath(ItemDto) } } } }] } })
  findAll(@Query() query: QueryDto) {
    const items = ITEMS.filter((item) => !query.color || query.color.includes(item.color!));
    const start = (query.page - 1) * query.limit;
    return { data: items.slice(start, start + query.limit), meta: { page: query.page, limit: query.limit, total: items.length, hasNextPage: start + query.limit < items.length } };
  }
  @Get('search') @ApiOkResponse({ type: [ItemDto] })
  search(@Query('ids', new ParseArrayPipe({ items: String, separator: ',' })) ids: string[]) { return ITEMS.filter((item) => ids.includes(item.id)); }
  @Sse('events') @ApiOkResponse({ content: { 'text/event-stream': { schema: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] } } } })
  events() { return interval(5).pipe(take(3), map((n) => ({ data: { n } }))); }
  @Post() @ApiCreatedResponse({ type: ItemDto }) @ApiResponse({ status: 400, type: ErrorDto })
  create(@Body() body: CreateItemDto): ItemDto { return { ...make(9), ...body, }; }
  @Get(':id') @ApiOkResponse({ type: ItemDto }) @ApiNotFoundResponse({ type: ErrorDto, description: 'No such item' })
  findOne(@Param('id') id: string) { const found = ITEMS.find((item) => item.id === id); if (!found) throw new NotFoundException('there is no such item'); return found; }
  @Patch(':id') @ApiOkResponse({ type: ItemDto })
  update(@Param('id') id: string, @Body() body: UpdateItemDto) { return { ...this.findOne(id), ...body }; }
  @Put(':id/position/:index') position(@Param('id') id: string, @Param('index', ParseIntPipe) index: number): string { return `${id} at ${index}`; }
  @Delete(':id') @HttpCode(204) remove(@Param('id') id: string) {}
  @Post('upload') @ApiConsumes('multipart/form-data') @ApiBody({ type: UploadDto }) @UseInterceptors(FileInterceptor('file'))
  @ApiCreatedResponse({ schema: { type: 'object', properties: { size: { type: 'integer' }, title: { type: 'string' } }, required: ['size', 'title'] } })
  upload(@UploadedFile() file: any, @Body() body: any) { return { size: file.size, title: body.title }; }
  @Post('uploads') @ApiConsumes('multipart/form-data') @ApiBody({ type: FilesDto }) @UseInterceptors(FilesInterceptor('files'))
  uploads(@UploadedFiles() files: any[]): number { return files.length; }
  @Get(':id/file') @ApiProduces('application/octet-stream') @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  file(@Param('id') id: string) { return new StreamableFile(Buffer.alloc(30)); }
}

@ApiTags('auth')
@Controller('auth')
class AuthController {
  @Post('login') @HttpCode(200) @ApiOkResponse({ type: Token }) login(@Body() body: LoginDto): Token { return { access_token: body.username, expiresIn: 3600 }; }
  @Get('me') @ApiBasicAuth() me(@Headers('authorization') authorization: string, @Headers('x-trace') trace: string) { return { authorization, trace: trace ?? null }; }
}

@Controller() class AppController { @Get() getHello(): string { return 'Hello'; } @Get('health') health() { return { status: 'ok' }; } }

@ApiExtraModels(PageDto, ItemDto)
@Module({ controllers: [ItemsController, AuthController, AppController] })
class AppModule {}

(async () => {
  const app = await NestFactory.create(AppModule, { logger: ['error'] });
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: VERSION_NEUTRAL });
  app.useGlobalPipes(new ValidationPipe({ transform: true }));
  const document = SwaggerModule.createDocument(app, new DocumentBuilder().setTitle('Store').setVersion('1.0').addBearerAuth().addBasicAuth().addTag('items').build(), { extraModels: [PageDto, ItemDto] });
  SwaggerModule.setup('docs', app, document, { jsonDocumentUrl: 'openapi.json' });
  await app.listen(Number(process.argv[2] ?? 8820), '127.0.0.1');
})();
