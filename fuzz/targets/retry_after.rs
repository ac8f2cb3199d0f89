#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| sdkwright_fuzz::retry_after(data));
