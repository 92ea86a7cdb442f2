//! Each scenario runs on `SQLite` and on `PostgreSQL`: by itself on the first, all in one on the second, because starting
//! a server for each would take longer than the tests.

mod applying;
mod bench;
mod bounds;
mod cards;
mod describing;
mod load;
mod once;
mod orders;
mod replacing;
mod sessions;
mod signing;
mod store;
mod thieves;
mod wire;

use std::{future::Future, pin::Pin};

use bench::Bench;
use stack::Postgres;

/// A test, on whichever store.
type Scenario = fn(&Bench) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;

macro_rules! scenarios {
    ($($module:ident :: $name:ident;)*) => {
        const SCENARIOS: &[(&str, Scenario)] = &[
            $((stringify!($name), |bench| Box::pin($module::$name(bench)))),*
        ];

        mod on_sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    let bench = super::Bench::on_sqlite().await;
                    super::$module::$name(&bench).await;
                    bench.close().await;
                }
            )*
        }
    };
}

scenarios! {
    sessions::a_login_lets_in_and_ends;
    sessions::a_word_is_hashed_anew_at_todays_cost;
    sessions::a_captcha_serves_once;
    sessions::unknown_people_are_answered_like_known_ones;
    sessions::five_wrong_words_lock_and_time_opens;
    sessions::five_wrong_codes_lock_the_session;
    sessions::a_code_ends_with_its_time_and_is_sent_again_after_a_while;
    sessions::one_of_a_hundred_with_the_same_code_is_let_in;
    sessions::an_idle_session_ends_and_an_old_one_too;
    sessions::a_forgotten_word_is_chosen_anew_by_the_link_once;
    sessions::too_many_calls_are_told_to_wait;
    sessions::no_order_of_calls_lets_in_without_word_and_code;
    replacing::a_replacement_is_fetched_and_confirmed_and_takes_its_place;
    replacing::a_confirmation_is_told_twice_and_never_otherwise;
    replacing::nobody_sees_what_is_somebody_elses;
    replacing::a_revoked_certificate_is_not_replaced;
    replacing::lists_and_answers_say_what_is_revoked;
    cards::the_pin_is_shown_until_it_is_deleted_and_is_nowhere_then;
    cards::a_blocked_card_is_unlocked;
    cards::a_card_that_refuses_is_left_alone;
    signing::a_text_is_signed_and_the_page_hears_of_it;
    signing::a_signature_lets_in_once;
    signing::one_of_a_thousand_claims_a_code;
    signing::what_is_wrong_with_a_code_is_told_before_anything_else;
    signing::wrong_signatures_are_told_apart_and_end_it;
    applying::an_application_goes_from_form_to_signature;
    applying::a_list_is_taken_row_by_row;
    applying::codes_of_approvals_that_are_undone_end;
    signing::a_login_of_somebody_unknown_ends_with_its_reason;
    signing::a_certificate_that_was_never_recorded_is_not_accepted;
    applying::a_consent_that_is_gone_hands_nothing_in;
    applying::what_lies_on_the_card_at_hand_is_not_lost;
    store::the_trail_tells_what_was_changed;
    store::codes_and_tokens_are_kept_as_hashes;
    store::a_key_stands_for_one_request;
    store::what_is_over_is_forgotten;
    thieves::a_certificate_in_other_bytes_is_no_other;
    thieves::a_replacement_ends_with_what_it_replaces;
    thieves::a_replacement_that_is_not_wanted_is_revoked;
    thieves::what_was_signed_is_what_is_handed_in;
    thieves::a_form_cannot_forge_a_line;
    thieves::nobody_guesses_codes_unseen;
    thieves::only_authorities_that_were_named_count;
    thieves::a_signed_text_serves_one_purpose_once;
    thieves::a_new_word_ends_the_other_sessions_and_is_told;
    thieves::the_phone_and_address_that_are_known_hear_of_it;
    thieves::nobody_is_shut_out_from_elsewhere;
    thieves::an_unlock_that_is_given_up_counts;
    thieves::old_messages_are_forgotten;
    once::a_captcha_lets_one_try;
    once::a_key_begins_one_application;
    once::a_link_sets_one_word;
    orders::a_replacement_ends_once_whoever_says_what;
    orders::a_code_is_one_applications_and_ends_once;
    orders::an_application_is_approved_by_the_code_of_its_form_alone;
    wire::an_application_goes_its_way_over_the_wire;
    wire::consent_and_codes_go_their_way_over_the_wire;
    wire::lists_words_and_sessions_go_their_way_over_the_wire;
    wire::a_suspended_certificate_is_activated_and_everybody_is_told;
    wire::a_time_stamp_is_given_over_the_wire;
    wire::a_lost_card_is_revoked_and_followed_at_once;
    bounds::what_is_to_be_signed_has_bounds;
    bounds::answers_and_questions_have_bounds;
    bounds::pages_follow_one_another;
    bounds::each_limit_ends_and_begins_anew;
    bounds::an_address_is_not_changed_without_end;
    wire::a_form_that_comes_by_post_is_handed_in;
    describing::requests_that_make_no_sense_are_told_so;
    describing::a_profile_is_changed_as_a_whole;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::print_stderr, reason = "a failure shows which scenario it was")]
async fn every_scenario_on_postgres() {
    let server = Postgres::start().unwrap();
    for (name, scenario) in SCENARIOS {
        let bench = Bench::on(&server.database(name).unwrap()).await;
        eprintln!("{name} on PostgreSQL");
        scenario(&bench).await;
        bench.close().await;
    }
    store::two_instances_serve_one_journey_in_turns(&server).await;
    store::a_database_that_is_gone_comes_back(server).await;
}
