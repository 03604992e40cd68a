export {
  type FakeAnthropic,
  type FakeBlock,
  type FakeOptions,
  type FakeRequest,
  type FakeTurn,
  startFakeAnthropic,
} from './fake-anthropic.ts';
