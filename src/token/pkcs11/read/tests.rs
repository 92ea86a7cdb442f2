use super::*;

fn info(flags: CK_FLAGS, min: CK_ULONG, max: CK_ULONG) -> CK_TOKEN_INFO {
    CK_TOKEN_INFO {
        flags,
        ulMinPinLen: min,
        ulMaxPinLen: max,
        ..CK_TOKEN_INFO::default()
    }
}

#[test]
fn impossible_lengths_say_nothing() {
    for (min, max) in [(9, 4), (0, 0), (CK_ULONG::MAX, CK_ULONG::MAX), (300, 70_000)] {
        assert_eq!(lengths(min, max), (None, None), "{min} to {max}");
    }
    assert_eq!(lengths(4, 16), (Some(4), Some(16)));
    assert_eq!(lengths(4, CK_ULONG::MAX), (Some(4), None));
}

#[test]
fn the_worst_flag_counts() {
    let all = CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED;
    assert_eq!(tries_left(all), TriesLeft::Exact(0));
    assert_eq!(
        tries_left(CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY),
        TriesLeft::Exact(1)
    );
    assert_eq!(tries_left(CKF_USER_PIN_COUNT_LOW), TriesLeft::Few);
    assert_eq!(tries_left(CKF_LOGIN_REQUIRED), TriesLeft::Unknown);
}

#[test]
fn a_token_that_knows_no_pin_has_none() {
    assert_eq!(pins(&info(0, 4, 8)), []);
    let pins = pins(&info(
        CKF_LOGIN_REQUIRED | CKF_PROTECTED_AUTHENTICATION_PATH,
        4,
        8,
    ));
    assert!(pins[0].protected_path);
    assert_eq!((pins[0].min_length, pins[0].max_length), (Some(4), Some(8)));
}
