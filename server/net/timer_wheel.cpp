#include "server/net/timer_wheel.hpp"

#include <algorithm>

namespace wardroom::net {

void Timer::unlink() {
  if (!next_) return;
  previous_->next_ = next_;
  next_->previous_ = previous_;
  previous_ = next_ = nullptr;
}

TimerWheel::TimerWheel() = default;

TimerWheel::~TimerWheel() {
  for (auto& head : slots_)
    while (head.next_ != &head) head.next_->unlink();
}

void TimerWheel::link(Head& head, Timer& timer) {
  timer.previous_ = head.previous_;
  timer.next_ = &head;
  head.previous_->next_ = &timer;
  head.previous_ = &timer;
}

void TimerWheel::schedule(Timer& timer, Tick due) {
  timer.unlink();
  timer.due_ = std::max(due, now_ + 1);
  link(slots_[timer.due_ % kSlots], timer);
}

void TimerWheel::advance(Tick now) {
  if (now <= now_) return;
  // Over a late tick everybody's time has already come: what is set again counts from now. After a whole turn
  // of the wheel each slot has had its look.
  const Tick first = now_ + 1;
  const Tick steps = std::min<Tick>(now - now_, kSlots);
  now_ = now;
  for (Tick i = 0; i < steps; ++i) run_slot(slots_[(first + i) % kSlots], now);
}

void TimerWheel::run_slot(Head& head, Tick now) {
  // Moved aside first: a timer that schedules itself again may land in this very slot.
  Head due;
  while (head.next_ != &head) {
    Timer& timer = *head.next_;
    timer.unlink();
    link(due, timer);
  }
  while (due.next_ != &due) {
    Timer& timer = *due.next_;
    timer.unlink();
    if (timer.due_ <= now)
      timer.on_timer(now);
    else
      link(head, timer);
  }
}

}  // namespace wardroom::net
