use super::*;

#[track_caller]
fn close(one: f32, other: f32) {
    assert!((one - other).abs() < 0.001, "{one} is not {other}");
}

#[test]
fn what_is_seen_stays() {
    close(distance((100.0, 40.0), (0.0, 600.0)), 0.0);
}

#[test]
fn what_is_below_comes_up_with_a_margin() {
    close(distance((590.0, 40.0), (0.0, 600.0)), 30.0 + MARGIN);
}

#[test]
fn what_is_above_comes_down_with_a_margin() {
    close(distance((-20.0, 40.0), (0.0, 600.0)), -20.0 - MARGIN);
}

#[test]
fn what_is_longer_than_the_frame_shows_its_start() {
    close(distance((200.0, 900.0), (0.0, 600.0)), 200.0 - MARGIN);
}

#[test]
fn the_way_goes_round() {
    let at = |focused| focusable::Count { focused, total: 3 };
    assert_eq!(target(Move::Next, at(None)), 0);
    assert_eq!(target(Move::Next, at(Some(1))), 2);
    assert_eq!(target(Move::Next, at(Some(2))), 0);
    assert_eq!(target(Move::Previous, at(None)), 2);
    assert_eq!(target(Move::Previous, at(Some(0))), 2);
    assert_eq!(target(Move::Previous, at(Some(2))), 1);
}

#[test]
fn a_window_without_anything_to_focus_is_no_trouble() {
    let nothing = focusable::Count {
        focused: None,
        total: 0,
    };
    assert_eq!(target(Move::Next, nothing), 0);
    assert_eq!(target(Move::Previous, nothing), 0);
}
