//! The calls of a login, as tasks of the window. Each is made once, when the person asks for it.

use iced::Task;
use service::{Client, Id, NewSession, OtpEntered, WordReset};

use crate::screen::login::{Message, News};

/// A call that is ready to be made. Its Debug shows nothing of the secrets.
#[derive(Debug)]
pub(crate) enum Call {
    /// A picture to read.
    Challenge,
    /// Number, security word and what the picture says.
    Open(NewSession),
    /// The code by SMS, or another one.
    Send(Id),
    /// The code as it was typed.
    Verify(Id, OtpEntered),
    /// An e-mail by which a new security word is set.
    Reset(WordReset),
}

/// Makes the call, and tells what came of it.
pub(crate) fn task(client: Client, number: u64, call: Call) -> Task<Message> {
    Task::future(async move {
        let news = match call {
            Call::Challenge => News::Challenge(client.login_challenge().await),
            Call::Open(session) => News::Opened(client.open_session(&session).await),
            Call::Send(session) => News::Sent(client.send_otp(&session).await),
            Call::Verify(session, code) => {
                News::Entered(client.verify_otp(&session, &code).await.map(Box::new))
            }
            Call::Reset(reset) => News::Reset(client.reset_security_word(&reset).await),
        };
        Message::News(number, news)
    })
}
